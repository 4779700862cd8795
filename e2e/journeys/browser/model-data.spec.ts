import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../journey';

/** 200 rows of six numbers that go up and down together. */
function table(shift: number): string {
  const row = (at: number) =>
    Array.from({ length: 6 }, (_, column) => Math.sin(at * 0.7 + column + shift).toFixed(4));
  const names = Array.from({ length: 6 }, (_, column) => `c${column}`);
  return [names, ...Array.from({ length: 200 }, (_, at) => row(at))]
    .map((cells) => cells.join(','))
    .join('\n');
}

test('a model whose data were moved says which they are, and takes them where they are now', async ({
  window,
  folder,
}) => {
  const { page } = window;
  const drawings = join(folder, 'drawings');
  mkdirSync(drawings);
  writeFileSync(join(folder, 'waves.csv'), table(0));
  await window.chooseFile(folder, 'waves.csv');
  await expect(window.node('input')).toContainText('6');
  await window.nothingSelected();
  await window.setNumber('Epochs', 1);
  await window.choose('Loss', 'Mean squared error');
  await window.panel('Run');
  await window.train();
  await expect(window.runState).toHaveAttribute('data-phase', 'completed', { timeout: 60_000 });
  await window.menu('File', 'Save with weights…');
  await window.button('Save…').click();
  await window.saveInto(drawings, 'waves');

  mkdirSync(join(folder, 'elsewhere'));
  renameSync(join(folder, 'waves.csv'), join(folder, 'elsewhere', 'waves.csv'));
  mkdirSync(join(folder, 'others'));
  writeFileSync(join(folder, 'others', 'waves.csv'), table(1));
  await page.keyboard.press('Control+o');
  await window.openFrom(drawings, 'waves.hourglass');
  const question = page.getByRole('dialog', { name: 'Where are the model’s data?' });
  await expect(question).toContainText('waves.csv');
  await question.getByRole('button', { name: 'Choose the data…' }).click();
  await window.openFrom(join(folder, 'others'), 'waves.csv');
  await expect(page.getByText(/These are other data/).first()).toBeVisible();
  await expect(page.getByRole('img', { name: 'Unsaved changes' })).toHaveCount(0);

  const note = page.getByRole('region', { name: 'Opened weights' });
  await note.getByRole('button', { name: 'Choose the data…' }).click();
  await window.openFrom(join(folder, 'elsewhere'), 'waves.csv');
  await expect(note.getByRole('button', { name: 'Train on' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('img', { name: 'Unsaved changes' })).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('img', { name: 'Unsaved changes' })).toHaveCount(0);
});
