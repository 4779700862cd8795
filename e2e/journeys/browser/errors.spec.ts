import { expect, test } from '../journey';

test('errors of a completed run: counts, a cut-off moved by keys, worst samples, other data', async ({
  window,
}) => {
  const { page } = window;
  await window.openExample('digits-and-shapes');
  await window.panel('Errors');
  await expect(page.getByRole('tabpanel', { name: 'Errors' })).toContainText('Train the drawing');

  // Stars and crosses are the anomalies; a tenth of the others is held out.
  await window.panel('Data');
  await page.getByRole('combobox', { name: 'But not on' }).click();
  await page.getByRole('option', { name: /^star/ }).click();
  await page.getByRole('option', { name: /^cross/ }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('textbox', { name: 'Held out' }).fill('10');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('About the data')).toContainText('Excluded');
  await window.nothingSelected();
  await window.setNumber('Epochs', 3);
  await window.panel('Run');
  await window.train();
  await expect(window.runState).toContainText('Completed', { timeout: 60_000 });

  await window.panel('Errors');
  const groups = page.getByRole('table', { name: 'Groups of samples' });
  const held = groups.getByRole('row', { name: /Held out/ });
  const excluded = groups.getByRole('row', { name: /Excluded/ });
  await expect(groups.getByRole('row')).toHaveCount(5);
  await expect(held, 'the 95th percentile to begin with').toContainText('5.0%');
  const rates = page.getByLabel('What the cut-off does');
  await expect(rates).toContainText('ROC AUC');
  await expect(rates).toContainText('AUC of PCA', { timeout: 30_000 });

  const cutOff = page.getByRole('slider', { name: 'Cut-off' });
  const flagged = async (group = excluded) =>
    Number.parseFloat((await group.getByRole('cell').last().textContent()) ?? '');
  const before = await flagged();
  await cutOff.focus();
  for (let press = 0; press < 12; press += 1) await page.keyboard.press('ArrowLeft');
  await expect.poll(() => flagged()).toBeGreaterThan(before);
  await page.keyboard.press('End');
  await expect(held).toContainText('0.0%');
  await page.getByLabel('Percentile').fill('50');
  await page.keyboard.press('Enter');
  // An odd number of samples has no half.
  await expect.poll(() => flagged(held)).toBeCloseTo(50, 0);
  // To the far right of the plot, where no error is above the line.
  const plot = (await cutOff.boundingBox())!;
  await page.mouse.move(plot.x + plot.width / 3, plot.y + plot.height / 2);
  await page.mouse.down();
  await page.mouse.move(plot.x + plot.width - 1, plot.y + plot.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => flagged()).toBeLessThan(1);

  const worst = page.getByRole('list', { name: 'Worst samples of Held out' });
  await expect(worst.getByRole('listitem')).toHaveCount(16);
  await expect(worst.getByRole('img', { name: /^Reconstruction/ }).first()).toBeVisible();
  await page.getByText('ROC', { exact: true }).click();
  await expect(page.getByRole('img', { name: /^ROC curve/ })).toBeVisible();

  await window.compareErrorsWith('Colour scenes');
  const refusal = page.getByRole('tabpanel', { name: 'Errors' }).getByRole('alert');
  await expect(refusal).toContainText('32×32×3');
  await expect(refusal).toContainText('28×28×1');
  await window.compareErrorsWith('Digits and shapes');
  await expect(groups.getByRole('row', { name: /Digits and shapes/ })).toContainText('600');
  await expect(refusal).toBeHidden();
});
