import { expect, test } from '../journey';

test('several code sizes are trained with one click, and the size that is suggested is taken', async ({
  window,
}) => {
  const { page } = window;
  page.setDefaultTimeout(20_000);
  await window.openExample('digits-and-shapes');
  await window.panel('Runs');
  await page.getByText('Code sizes', { exact: true }).click();
  const state = page.getByRole('status', { name: 'Sweep state' });
  const rows = page.getByRole('table', { name: 'Errors by code size' }).locator('tbody tr');

  await test.step('sizes that are none are refused as they are typed', async () => {
    await page.getByLabel('Code sizes', { exact: true }).last().fill('2, x');
    await expect(page.getByText(/Two to twelve whole numbers/)).toBeVisible();
    await expect(page.getByRole('button', { name: /^Train \d sizes?$/ })).toBeDisabled();
    await page.getByLabel('Code sizes', { exact: true }).last().fill('2, 8');
    await page.getByLabel('Epochs each').fill('1');
  });
  await test.step('each size is a run, one after the other, paused and resumed as others', async () => {
    await page.getByRole('button', { name: 'Train 2 sizes' }).click();
    await expect(state).toContainText(/size 2, 1 of 2/);
    await expect(state).toContainText('All sizes are trained', { timeout: 100_000 });
    await expect(rows).toHaveCount(2);
    await expect(rows.locator('th')).toHaveText([/^2/, /^8/]);
    for (const column of [1, 2]) {
      for (const row of [0, 1])
        await expect(
          rows
            .nth(row)
            .locator('td')
            .nth(column - 1),
        ).toHaveText(/^\d/);
    }
    await expect(page.getByRole('img', { name: /^Error against code size\. 2: / })).toBeVisible();
  });
  await test.step('a size is taken in one step of undo', async () => {
    await page.getByRole('button', { name: 'Take size 8' }).click();
    await window.select('code');
    await expect(window.field('Size')).toHaveValue('8');
    await page.keyboard.press('Control+z');
    await expect(window.field('Size')).not.toHaveValue('8');
  });
  await test.step('the runs of the sweep are among the others', async () => {
    await page.getByText('Runs', { exact: true }).last().click();
    await expect(page.getByRole('grid', { name: 'Kept runs' }).locator('tbody tr')).toHaveCount(2);
    await expect(page.getByRole('row', { name: 'Digits and shapes, code 8' })).toBeVisible();
  });
});
