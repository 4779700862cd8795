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
  await page.getByRole('checkbox', { name: /picture of sixteen/ }).click();
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
  await question.getByRole('button', { name: 'Not now' }).click();
  const note = page.getByRole('region', { name: 'Opened weights' });
  await test.step('without them, what there is is shown: losses, picture, codes, weights', async () => {
    await expect(note).toContainText('Shown without its data');
    await expect(note.getByRole('button', { name: 'Train on' })).toHaveCount(0);
    await expect(page.getByRole('img', { name: /made of them when it was saved/ })).toBeVisible();
    expect(await window.figure('Training loss')).toBeGreaterThan(0);
    await window.panel('Code');
    const decoded = page.locator('[data-decodes]');
    await expect(decoded).not.toHaveAttribute('data-decodes', '0');
    await window.button('A code at random').click();
    await expect(window.button('The mean code')).toBeEnabled();
    await window.panel('Layers');
    await expect(page.getByRole('radio', { name: 'Weights' })).toBeChecked();
    await window.panel('Errors');
    await expect(page.getByText('Compare with other data to see')).toBeVisible();
    await window.panel('Run');
  });

  await note.getByRole('button', { name: 'Choose the data…' }).click();
  await window.openFrom(join(folder, 'others'), 'waves.csv');
  const others = page.getByRole('dialog', { name: 'Look at it on other data?' });
  await expect(others).toContainText('These are other data');
  await others.getByRole('button', { name: 'Look at it on these' }).click();
  await expect(note).toContainText('Shown on other data');
  await expect(page.getByRole('img', { name: 'Unsaved changes' })).toHaveCount(0);

  await note.getByRole('button', { name: 'Choose the data…' }).click();
  await window.openFrom(join(folder, 'elsewhere'), 'waves.csv');
  await expect(note.getByRole('button', { name: 'Train on' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('img', { name: 'Unsaved changes' })).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('img', { name: 'Unsaved changes' })).toHaveCount(0);
});
