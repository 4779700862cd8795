import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../journey';

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

test('rows of unlike values are left alone; as signals they are shifted and turned round', async ({
  window,
  folder,
}) => {
  const { page } = window;
  const rows = Array.from({ length: 60 }, (_, row) =>
    Array.from({ length: 16 }, (_x, place) => Math.sin((row + place * place) / 9).toFixed(3)).join(','),
  );
  writeFileSync(join(folder, 'waves.csv'), rows.join('\n'));
  await window.chooseFile(folder, 'waves.csv');
  await window.nothingSelected();
  const section = page.getByRole('region', { name: 'Augmentation' });
  await expect(section).toContainText('Not for rows of unlike values');
  await expect(window.field('Shift')).toHaveCount(0);
  await page.getByRole('switch', { name: 'Series' }).click();
  await window.setNumber('Shift', 4);
  await window.choose('Flip', 'End to start');
  await expect(window.field('Rotate')).toHaveCount(0);
  await expect(section.locator('canvas')).toHaveCount(12);
  await section.scrollIntoViewIfNeeded();
  await page.screenshot({ path: test.info().outputPath('series.png') });
});
