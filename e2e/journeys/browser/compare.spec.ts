import { expect, test } from '../journey';

test('two runs are compared: what differs, designs side by side, and the same samples', async ({
  window,
}) => {
  const { page } = window;
  page.setDefaultTimeout(20_000);
  await window.openExample('digits-and-shapes');
  await window.nothingSelected();
  await window.setNumber('Epochs', 1);
  await window.train();
  await expect(window.runState).toContainText('Completed', { timeout: 60_000 });
  await window.select('code');
  await window.setNumber('Size', 4);
  await window.train();
  await expect(window.runState).toContainText('Completed', { timeout: 60_000 });
  await window.panel('Runs');
  const ticks = page.getByRole('checkbox', { name: /^Choose / });
  await expect(ticks).toHaveCount(2);
  await ticks.nth(1).check();
  await ticks.nth(0).check();
  await page.getByRole('button', { name: 'Compare 2' }).click();
  const dialog = page.getByRole('dialog', { name: '2 runs compared' });
  const settings = dialog.getByRole('region', { name: 'Settings' });

  await test.step('only what differs is shown, until all is wanted', async () => {
    await expect(settings.getByRole('row')).toHaveCount(2);
    await expect(settings.getByRole('row', { name: 'code Size 16 4' })).toBeVisible();
    await settings.getByRole('switch', { name: 'Only what differs' }).click();
    await expect(settings.getByRole('row', { name: /Learning rate/ })).toBeVisible();
  });
  await test.step('the curves, the outcome and the better one', async () => {
    await expect(dialog.getByRole('img', { name: /^Validation MSE: A 0\.\d+, B 0\.\d+$/ })).toBeVisible();
    await expect(
      dialog.getByRole('region', { name: 'Outcome' }).locator('[data-best=true]').first(),
    ).toBeVisible();
  });
  await test.step('the changed block is marked in both designs', async () => {
    await expect(dialog.getByRole('img', { name: /^Design of A: code changed/ })).toBeVisible();
    await expect(dialog.getByRole('img', { name: /^Design of B: code changed/ })).toBeVisible();
  });
  await test.step('both show the same samples', async () => {
    await expect(dialog.getByRole('img', { name: 'Reconstruction 16 by A' })).toBeVisible();
    await expect(dialog.getByRole('img', { name: 'Reconstruction 16 by B' })).toBeVisible();
  });
  await test.step('curves in figures, and how far each is off, at any time', async () => {
    await dialog.getByText('Table', { exact: true }).click();
    await expect(dialog.getByRole('region', { name: 'Curves in figures' }).getByRole('row')).toHaveCount(2);
    await dialog.getByRole('button', { name: 'Differences' }).click();
    await expect(dialog.getByRole('img', { name: 'Difference 16 by B' })).toBeVisible();
    const step = dialog
      .getByRole('region', { name: 'The same samples' })
      .getByText(/step [1-9]/)
      .first();
    const last = (await step.textContent()) ?? '';
    await dialog.getByRole('slider').press('Home');
    await expect(step).not.toHaveText(last);
  });
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await test.step('a run against the drawing on the canvas', async () => {
    await window.select('code');
    await window.setNumber('Size', 8);
    await window.panel('Runs');
    await page.getByRole('button', { name: 'Compare with the drawing' }).click();
    const other = page.getByRole('dialog', { name: '2 designs compared' });
    await expect(other.getByRole('img', { name: /^Design of A: code changed/ })).toBeVisible();
    await expect(other.getByRole('row', { name: 'code Size 8 4' })).toBeVisible();
    await expect(other.getByRole('img', { name: /^Validation MSE: B 0\.\d+$/ })).toBeVisible();
    await page.keyboard.press('Escape');
  });
});
