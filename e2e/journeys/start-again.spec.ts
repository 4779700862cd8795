import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './journey';

test('save, quit, start again, open recent', async ({ window, shell, start, folder }) => {
  await window.nothingSelected();
  await window.setNumber('Code size', 23);
  await window.page.keyboard.press('Control+s');
  await window.saveInto(folder, 'kept');
  await expect(window.page.getByRole('img', { name: 'Unsaved changes' })).toHaveCount(0);
  const saved = readFileSync(join(folder, 'kept.hourglass'), 'utf8');
  await shell.quit();

  const { window: later } = await start();
  await expect(later.page.getByRole('dialog'), 'nothing is left to recover').toHaveCount(0);
  await expect(later.node('code')).not.toContainText('23');
  await later.openRecent('kept');
  await expect(later.node('code')).toContainText('23');
  await expect(later.page.getByText('kept.hourglass')).toBeVisible();
  expect(readFileSync(join(folder, 'kept.hourglass'), 'utf8'), 'opening changes no file').toBe(saved);
});
