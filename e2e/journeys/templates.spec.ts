import { expect, test } from './journey';

test('a template for every use, shown with what it makes, is opened as a new drawing', async ({ window }) => {
  const { page } = window;
  await window.menu('File', 'New from template');
  const cards = page.getByRole('list', { name: 'Templates' }).getByRole('button');
  await expect(cards).toHaveCount(8);
  for (const picture of await cards.locator('img').all()) {
    const width = await picture.evaluate((img: HTMLImageElement) =>
      img.decode().then(() => img.naturalWidth),
    );
    expect(width, 'the picture is there').toBe(480);
  }
  await page.screenshot({ path: test.info().outputPath('gallery.png') });
  await cards.filter({ hasText: 'Remove a watermark' }).click();
  await expect(cards).toHaveCount(0);
  await expect(window.node('mark')).toBeVisible();
  await expect(page).toHaveTitle(/^Remove a watermark –/);
  await window.train();
  await expect.poll(() => window.reconstructionUpdates(), { timeout: 60_000 }).toBeGreaterThan(0);
  await expect(page.getByRole('img', { name: 'Given 1', exact: true })).toBeVisible();
  await window.button('Stop').click();
  await expect(window.runState).toContainText('Stopped');
});
