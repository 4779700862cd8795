import { expect, test } from '../journey';

test('losses are added up, each with its weight, trained on and taken away again', async ({ window }) => {
  const { page } = window;
  await window.openExample('colour-scenes');
  await window.node('output').click();
  await window.choose('Loss', 'Mean squared error');
  await window.button('Add a loss').click();
  await window.choose('Loss 2', 'Mean absolute error');
  await window.setNumber('Weight 2', 0.5);
  await expect(page.getByLabel('Weight 1')).toHaveValue('1');
  await page.screenshot({ path: test.info().outputPath('losses.png') });
  // Among the four hyperparameters the whole sum stands too.
  await window.nothingSelected();
  await expect(window.field('Loss 2')).toHaveValue('Mean absolute error');
  await expect(window.field('Weight 2')).toHaveValue('0.5');
  await window.train();
  await expect.poll(() => window.figure('Training loss'), { timeout: 30_000 }).toBeGreaterThan(0);
  await expect.poll(() => window.figure('… of it MSE'), { timeout: 30_000 }).toBeGreaterThan(0);
  await expect(page.getByText('Training (MSE + MAE)')).toBeVisible();
  // Each term has its own curves, with its weight, and a column of the table beside the chart.
  await page.getByRole('switch', { name: 'Terms' }).click({ timeout: 30_000 });
  await expect(page.getByText('MAE × 0.5')).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Validation MAE' })).toBeAttached();
  const chart = page.getByRole('img', { name: /^Loss chart: training/ });
  await chart.hover();
  await expect(page.getByText(/^Step \d+$/)).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('terms.png') });
  await window.button('Stop').click();
  await window.button('Remove loss 2').click();
  await expect(page.getByLabel('Weight 1')).toHaveCount(0);
});
