import { expect, test } from './journey';

test('samples are moved, flipped and turned, shown as they will be, and trained on', async ({ window }) => {
  const { page } = window;
  await window.nothingSelected();
  const section = page.getByRole('region', { name: 'Augmentation' });
  await expect(section.locator('canvas')).toHaveCount(0);
  await window.setNumber('Shift', 3);
  await window.choose('Flip', 'Left–right');
  await window.setNumber('Rotate', 20);
  await expect(section.getByRole('img', { name: 'Augmented 2, sample 4' })).toBeVisible();
  // Originals and two ways in which each may come.
  await expect(section.locator('canvas')).toHaveCount(12);
  const pixels = (name: string) =>
    section
      .getByRole('img', { name, exact: true })
      .evaluate((canvas: HTMLCanvasElement) =>
        canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data.join(),
      );
  const shown = [await pixels('Sample 1'), await pixels('Augmented 1, sample 1')];
  expect(shown[0]).not.toBe(shown[1]);
  await section.scrollIntoViewIfNeeded();
  await page.screenshot({ path: test.info().outputPath('augmentation.png') });

  await window.setNumber('Shift', 28);
  await expect(section.getByText(/out of sight altogether/)).toBeVisible();
  await section.getByRole('button', { name: 'Shift by an eighth' }).click();
  await expect(window.field('Shift')).toHaveValue('4');
  await window.train();
  await expect.poll(() => window.figure('Training loss'), { timeout: 30_000 }).toBeGreaterThan(0);
  await window.button('Stop').click();
  await expect(window.runState).toHaveText('Stopped');
});
