import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawingIn } from '../../shared/sharing/drawing-picture';
import type { HourglassWindow } from '../pages/hourglass-window';
import { expect, test } from './journey';

/** Drops a file on the canvas, which begins as a choice of files: only those have places on the desktop. */
async function drop({ page }: HourglassWindow, path: string): Promise<void> {
  await page.evaluate(() => {
    const input = document.createElement('input');
    input.type = 'file';
    input.id = 'dropped-by-test';
    document.body.append(input);
  });
  await page.locator('#dropped-by-test').setInputFiles(path);
  await page.evaluate(() => {
    const input = document.getElementById('dropped-by-test') as HTMLInputElement;
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(input.files![0]!);
    input.remove();
    const target = document.querySelector('.react-flow__pane')!;
    target.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  });
}

test('a drawing is given away as a picture, which opens as the drawing, and as a file', async ({
  window,
  folder,
}) => {
  const { page } = window;
  const share = page.getByRole('dialog', { name: /^Share/ });
  await window.setNumber('Code size', 11);

  await test.step('the dialog says what goes along', async () => {
    await window.menu('File', 'Share…');
    await expect(share.getByRole('region', { name: 'What goes along' })).toContainText('Which built-in data');
    await expect(share.getByRole('region', { name: 'What stays here' })).toContainText('Weights and runs');
    await expect(share.getByRole('img', { name: /^Picture of/ })).toBeVisible();
  });
  await test.step('the picture holds the drawing', async () => {
    await window.button('Save picture…').click();
    await window.saveAs(folder, 'drawing.png');
    await expect(page.getByText('Saved drawing.png.')).toBeVisible();
    const { blocks } = drawingIn(readFileSync(join(folder, 'drawing.png')), 'drawing.png');
    expect(blocks.find(({ id }) => id === 'code')?.params.size).toBe(11);
    await expect(share).toBeHidden();
  });
  await test.step('it opens by File → Open', async () => {
    await window.setNumber('Code size', 12);
    await window.menu('File', 'Open…');
    await window.button('Don’t save').click();
    await window.openFrom(folder, 'drawing.png');
    await expect(window.node('code')).toContainText('11');
    await expect(page.getByText('not saved yet')).toBeVisible();
  });
  await test.step('and dropped on the window, where changes are asked about', async () => {
    await window.setNumber('Code size', 13);
    await drop(window, join(folder, 'drawing.png'));
    await window.button('Don’t save').click();
    await expect(window.node('code')).toContainText('11');
  });
  await test.step('a copy as a file', async () => {
    await window.menu('File', 'Share…');
    await window.button('Save a copy…').click();
    await window.saveAs(folder, 'copy.hourglass');
    await expect(page.getByText('Saved copy.hourglass.')).toBeVisible();
    // It is not this drawing's file.
    await expect(page.getByText('not saved yet')).toBeVisible();
  });
});
