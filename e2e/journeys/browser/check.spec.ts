import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../journey';

/** Rows of numbers far from what a sigmoid gives out, and a column that never changes. */
function table(): string {
  const rows = Array.from({ length: 200 }, (_, row) =>
    [...[1, 2, 3, 4].map((unit) => (20 * unit + 9 * Math.sin(row * unit)).toFixed(3)), '7'].join(','),
  );
  return ['p,q,r,s,still', ...rows].join('\n');
}

test('a check tells what a run takes and what is amiss, and a fix mends it', async ({ window, folder }) => {
  const { page } = window;
  writeFileSync(join(folder, 'numbers.csv'), table());
  await window.chooseFile(folder, 'numbers.csv');
  await window.nothingSelected();
  await window.choose('Loss', 'Mean squared error');
  await window.panel('Run');
  await window.button('Check').click();
  const check = page.getByRole('status', { name: 'Check' });
  await expect(check).toContainText(/an epoch on .* parameters\./, { timeout: 20_000 });
  await expect(check).toContainText(/To beat: PCA with \d+ values, loss/, { timeout: 45_000 });
  const problems = page.getByRole('list', { name: 'Problems' });
  await expect(problems).toContainText('The output activation sigmoid gives values from 0 to 1');
  await page.screenshot({ path: test.info().outputPath('check.png') });
  await page.getByRole('button', { name: 'Use a linear output' }).first().click();
  // What was found was found in another drawing.
  await expect(check).toContainText('A check tells');
  await window.button('Check').click();
  await expect(check).toContainText(/an epoch on/, { timeout: 20_000 });
  await expect(page.getByText(/The output activation/)).toHaveCount(0);
  // A column that never changes is left out, and the drawing follows at once.
  await expect(problems).toContainText('Column “still” is 7 in every training sample');
  await page.getByRole('button', { name: 'Leave them out' }).click();
  await window.button('Check').click();
  await expect(check).toContainText(/an epoch on/, { timeout: 20_000 });
  await expect(page.getByText(/in every training sample/)).toHaveCount(0);
  await expect(window.node('input')).toContainText('4');
  // What a run would refuse is found too, with what mends it: standardised values reach below 0.
  await window.choose('Loss', 'Binary cross-entropy');
  await window.button('Check').click();
  await expect(problems).toContainText('Binary cross-entropy needs samples between 0 and 1', {
    timeout: 20_000,
  });
  await page.getByRole('button', { name: 'Scale to 0–1' }).click();
  await window.button('Check').click();
  await expect(check).toContainText(/an epoch on/, { timeout: 20_000 });
  await expect(page.getByText(/needs samples between 0 and 1/)).toHaveCount(0);
});

test('before a run the chart shows what is to be beaten', async ({ window }) => {
  const { page } = window;
  await window.panel('Run');
  await expect(page.getByRole('img', { name: /^Loss chart before a run: PCA/ })).toBeVisible({
    timeout: 45_000,
  });
  const before = await window.figure('PCA MSE');
  expect(before).toBeGreaterThan(0);
  await page.screenshot({ path: test.info().outputPath('target.png') });
  // Another code size, another line.
  await window.nothingSelected();
  await window.setNumber('Code size', 2);
  await expect.poll(() => window.figure('PCA MSE'), { timeout: 45_000 }).toBeGreaterThan(before);
});
