import { expect, test } from '../journey';

test('the tour leads through the window by keys or buttons, is left at any step, and replayed', async ({
  window,
}) => {
  const { page } = window;
  const step = (title: string) => page.getByRole('dialog', { name: title });
  await window.panel('Problems');
  await window.menu('Help', 'Take the tour');
  await test.step('by keys to its end', async () => {
    const titles = [
      'Blocks',
      'The hourglass',
      'The mirrored twin',
      'Data',
      'Train',
      'Reconstructions',
      'Codes',
    ];
    for (const [place, title] of titles.entries()) {
      await expect(step(title)).toBeVisible();
      await expect(step(title)).toContainText(`${place + 1} of ${titles.length}`);
      await page.keyboard.press('ArrowRight');
    }
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByRole('tab', { name: 'Problems' })).toHaveAttribute('aria-selected', 'true');
  });
  await test.step('by buttons, back, and left', async () => {
    await window.menu('Help', 'Take the tour');
    await step('Blocks').getByRole('button', { name: 'Next' }).click();
    await step('The hourglass').getByRole('button', { name: 'Next' }).click();
    await step('The mirrored twin').getByRole('button', { name: 'Back' }).click();
    await expect(step('The hourglass')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });
});
