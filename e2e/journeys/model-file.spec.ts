import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './journey';

test('a trained drawing is saved with its weights, opened in a fresh app and trained on', async ({
  start,
  folder,
}) => {
  test.setTimeout(240_000);
  const file = join(folder, 'trained.hourglass');
  const beginning = () => readFileSync(file).subarray(0, 2).toString('latin1');
  const first = await start();
  let loss = 0;
  await test.step('train and save', async () => {
    const { window } = first;
    await window.nothingSelected();
    await window.setNumber('Epochs', 1);
    await window.train();
    await expect(window.runState).toHaveAttribute('data-phase', 'completed', { timeout: 120_000 });
    loss = await window.figure('Training loss');
    await window.menu('File', 'Save with weights…');
    const saving = window.page.getByRole('dialog', { name: 'Save with weights' });
    await expect(saving).toContainText('Samples and thumbnails of them');
    await saving.getByRole('checkbox', { name: /picture of sixteen/ }).click();
    await expect(saving).toContainText('All other samples');
    await saving.getByRole('button', { name: 'Save…' }).click();
    await window.saveInto(folder, 'trained');
    await expect.poll(beginning).toBe('PK');
    await expect(window.page.getByRole('img', { name: 'Unsaved changes' })).toHaveCount(0);
  });
  await first.shell.kill();

  const { window } = await start();
  await test.step('open: reconstructions without training', async () => {
    await window.page.keyboard.press('Control+o');
    await window.openFrom(folder, 'trained.hourglass');
    const note = window.page.getByRole('region', { name: 'Opened weights' });
    await window.panel('Run');
    await expect(note).toContainText('1 epoch');
    await expect(window.runState).toHaveAttribute('data-phase', 'completed', { timeout: 60_000 });
    expect(await window.figure('Training loss')).toBe(loss);
    expect(await window.reconstructionUpdates()).toBeGreaterThan(0);
  });

  await test.step('unsaved changes to it come back after a reload, with its weights', async () => {
    await window.nothingSelected();
    await window.setNumber('Batch size', 150);
    await window.page.reload();
    await window.button('Recover').click();
    await expect(window.page.getByRole('region', { name: 'Opened weights' })).toContainText('1 epoch');
    await window.nothingSelected();
    await expect(window.field('Batch size')).toHaveValue('150');
  });

  await test.step('a save keeps the weights, and makes a backup', async () => {
    await window.nothingSelected();
    await window.setNumber('Batch size', 200);
    await window.page.keyboard.press('Control+s');
    await expect(window.page.getByRole('img', { name: 'Unsaved changes' })).toHaveCount(0);
    expect(beginning()).toBe('PK');
    // Of what was asked for when it was saved first.
    expect(readFileSync(file).includes('reconstructions.png')).toBe(true);
    await window.menu('File', 'Restore a backup…');
    const row = window.page.getByRole('row', { name: /trained\.hourglass with weights/ });
    await row.getByRole('button', { name: /Restore/ }).click();
    await expect(window.page.getByText('is as it was in backup 1')).toBeVisible();
    await window.nothingSelected();
    await expect(window.field('Batch size')).not.toHaveValue('200');
  });

  await test.step('train on', async () => {
    await window.panel('Run');
    await expect(window.runState).toHaveAttribute('data-phase', 'completed', { timeout: 60_000 });
    await window.page.getByRole('textbox', { name: 'More epochs' }).fill('1');
    await window.button('Train on').click();
    await expect(window.runState).toHaveAttribute('data-phase', 'running', { timeout: 60_000 });
    await expect(window.runState).toHaveAttribute('data-phase', 'completed', { timeout: 120_000 });
    expect(await window.figure('Training loss')).toBeLessThan(loss);
  });
});
