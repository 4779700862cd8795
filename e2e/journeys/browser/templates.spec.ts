import { expect, test } from '../journey';

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

  await window.node('mark').click();
  await window.choose('Mark', 'Picture of your own');
  await expect(page.getByText(/none has been chosen/).first()).toBeVisible();
  await page.getByLabel('Picture to mark with', { exact: true }).setInputFiles({
    name: 'sign.png',
    mimeType: 'image/png',
    buffer: await page.getByLabel('Find a block').screenshot(),
  });
  await expect(page.getByRole('img', { name: /^The mark, 64×/ })).toBeVisible();
  await expect(page.getByText(/none has been chosen/)).toHaveCount(0);
  await expect(page.getByRole('img', { name: 'Corrupted 1' })).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('own-mark.png') });

  await window.train();
  await expect.poll(() => window.reconstructionUpdates(), { timeout: 60_000 }).toBeGreaterThan(0);
  await expect(page.getByRole('img', { name: 'Given 1', exact: true })).toBeVisible();
  await window.button('Stop').click();
  await expect(window.runState).toContainText('Stopped');
  // A picture of one's own has its damage already; a clean one can be damaged to see it mended.
  await page.locator('input[aria-label="Picture of your own"]').setInputFiles({
    name: 'marked.png',
    mimeType: 'image/png',
    buffer: await page.screenshot({ clip: { x: 0, y: 0, width: 64, height: 64 } }),
  });
  const own = page.getByRole('region', { name: 'A picture of your own' });
  await expect(own.getByRole('img', { name: 'Its reconstruction' })).toBeVisible();
  await expect(own.getByRole('img', { name: 'What the model is given' })).toHaveCount(0);
  await own.getByLabel('Corrupt it first').check();
  await expect(own.getByRole('img', { name: 'What the model is given' })).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('own-picture.png') });
});
