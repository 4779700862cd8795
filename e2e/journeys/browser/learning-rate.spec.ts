import { expect, test } from '../journey';

test('a learning rate is found, shown and applied in one undo step', async ({ window }) => {
  const { page } = window;
  await window.nothingSelected();
  const rate = page.getByLabel('Learning rate', { exact: true });
  const before = await rate.inputValue();
  await page.getByRole('button', { name: 'Find learning rate' }).click();
  await expect(page.getByRole('img', { name: /^Loss over learning rates/ })).toBeVisible({ timeout: 60_000 });
  const use = page.getByRole('button', { name: /^Use \d/ });
  const suggestion = ((await use.textContent()) ?? '').replace('Use ', '');
  expect(Number(suggestion)).toBeGreaterThan(0);
  expect(suggestion).not.toBe(before);
  await use.click();
  await expect(rate).toHaveValue(suggestion);
  await expect(use).toBeDisabled();
  await page.screenshot({ path: test.info().outputPath('learning-rate.png') });
  await page.keyboard.press('Control+z');
  await expect(rate).toHaveValue(before);
});
