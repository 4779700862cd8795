import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, test } from '../journey';

/** What is painted on a canvas. */
const painted = (canvas: Locator) => canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());

test('every layer is seen on its block while it trains, looked into, and exported', async ({
  window,
  folder,
}) => {
  const { page } = window;
  await window.panel('Layers');
  await expect(page.getByRole('tabpanel')).toContainText('Train a drawing');
  await window.nothingSelected();
  await window.setNumber('Epochs', 8);
  await window.panel('Run');
  const before = await window.node('dense-1').boundingBox();
  await window.train();

  // Live on the blocks, which stay where they were.
  const thumbnail = page.getByRole('img', { name: 'What code gives out', exact: true });
  await expect(thumbnail).toBeVisible({ timeout: 30_000 });
  const first = await painted(thumbnail);
  await expect.poll(() => painted(thumbnail), { timeout: 30_000 }).not.toBe(first);
  expect(await window.node('dense-1').boundingBox()).toEqual(before);
  await expect(page.getByLabel('Run state')).toHaveAttribute('data-phase', 'completed', { timeout: 90_000 });
  await expect(window.node('dense-1').getByTitle(/^\d+ %: Share of the time/)).toBeVisible({
    timeout: 30_000,
  });

  // What a block does otherwise than it was trained, or gets otherwise, is not shown as that; undone, it is again.
  const shown = (id: string) => page.getByRole('img', { name: `What ${id} gives out`, exact: true });
  await window.select('dense-2');
  await window.choose('Activation', 'Tanh');
  for (const id of ['dense-2', 'code', 'dense-1′']) await expect(shown(id)).toHaveCount(0);
  await expect(shown('dense-1')).toBeVisible();
  await page.keyboard.press('Control+z');
  for (const id of ['dense-2', 'code', 'dense-1′']) await expect(shown(id)).toBeVisible();
  await window.select('dense-2');
  await page.keyboard.press('Delete');
  await expect(shown('code')).toHaveCount(0);
  // It takes the id of the one that was deleted.
  await window.button('Add Dense to the encoder').click();
  await window.choose('Activation', 'Tanh');
  await window.setNumber('Units', 64);
  await expect(window.node('dense-2')).toContainText('64');
  await expect(shown('dense-2')).toHaveCount(0);
  for (let step = 0; step < 4; step += 1) await window.button('Undo').click();
  for (const id of ['dense-2', 'code']) await expect(shown(id)).toBeVisible();

  // A collapsed group shows what comes out of it, and the time of all that it holds.
  await window.select('dense-1');
  await window.addToSelection('dense-2');
  await page.keyboard.press('Control+g');
  await page.keyboard.press('Alt+c');
  await expect(shown('Group 1')).toBeVisible();
  await expect(window.node('group~1').getByTitle(/^\d+ %: Share of the time/)).toBeVisible();
  for (let step = 0; step < 2; step += 1) await window.button('Undo').click();

  // A layer by its block on the canvas; its activations for one sample and for another.
  await window.panel('Layers');
  await window.select('dense-1');
  const layers = page.getByRole('listbox', { name: 'Layers' });
  await expect(layers.getByRole('option', { name: /^dense-1 / })).toHaveAttribute('aria-selected', 'true');
  const bars = page.getByRole('slider', { name: 'What dense-1 gives out' });
  await expect(bars).toBeVisible();
  const ofFirst = await painted(bars.locator('canvas'));
  await page.getByRole('option', { name: 'Sample 3', exact: true }).click();
  await expect.poll(() => painted(bars.locator('canvas'))).not.toBe(ofFirst);
  await bars.focus();
  await bars.press('ArrowRight');
  await expect(bars).toHaveAttribute('aria-valuetext', /^unit 2: /);

  // Its weights, as the pictures its units look for, and how they were spread.
  await page.getByText('Weights', { exact: true }).click();
  const filters = page.getByRole('slider', { name: 'kernel of dense-1' });
  await expect(filters).toBeVisible();
  await expect(page.getByRole('tabpanel')).toContainText('What each unit looks for');
  await filters.focus();
  await filters.press('PageDown');
  await expect(filters).toHaveAttribute('aria-valuetext', /^unit 2, y 0, x 0: /);
  await page.getByText('Over time', { exact: true }).click();
  await expect(page.getByRole('slider', { name: /^Weight: kernel/ })).toBeVisible();
  await page.getByText('Table', { exact: true }).click();
  await expect(page.getByRole('rowheader').first()).toHaveText('1');

  // From the list by keys; the block is selected with it.
  await layers.getByRole('option', { name: /^dense-1 / }).press('ArrowDown');
  await expect(window.node('dense-2')).toHaveClass(/selected/);

  // As a file: the code of all validation samples, as NumPy reads it.
  await layers.getByRole('option', { name: /^code / }).click();
  await window.choose('Export its representation', 'of validation (600)');
  await page.getByRole('button', { name: 'NPY…', exact: true }).click();
  await window.saveAs(folder, 'codes.npy');
  const file = readFileSync(join(folder, 'codes.npy'));
  expect(file.toString('latin1', 1, 6)).toBe('NUMPY');
  expect(file.toString('latin1', 10, 90)).toContain("'shape': (600, ");

  // Off again.
  await window.menu('View', 'Activations on the blocks');
  await expect(thumbnail).toBeHidden();
});
