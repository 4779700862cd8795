import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './journey';

test('a file that another program changed is not overwritten unasked', async ({ window, folder }) => {
  const { page } = window;
  const file = join(folder, 'shared.hourglass');
  const saved = () => JSON.parse(readFileSync(file, 'utf8'));
  const dialog = page.getByRole('dialog', { name: /has changed on disk/ });
  const changeOutside = (name: string) => {
    writeFileSync(file, `${JSON.stringify({ ...saved(), name }, null, 2)}\n`);
  };
  const changeInside = async (codeSize: number) => {
    await window.nothingSelected();
    await window.setNumber('Code size', codeSize);
    await page.keyboard.press('Control+s');
    await expect(dialog).toBeVisible();
  };
  await page.keyboard.press('Control+s');
  await window.saveInto(folder, 'shared');

  await test.step('cancel leaves both as they are', async () => {
    changeOutside('Theirs');
    await changeInside(9);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(saved().name).toBe('Theirs');
    await expect(page.getByRole('img', { name: 'Unsaved changes' })).toBeVisible();
  });

  await test.step('keep a copy', async () => {
    await page.keyboard.press('Control+s');
    await dialog.getByRole('button', { name: 'Keep a copy…' }).click();
    await window.saveInto(folder, 'mine');
    expect(saved().name).toBe('Theirs');
    const mine = JSON.parse(readFileSync(join(folder, 'mine.hourglass'), 'utf8'));
    expect(mine.blocks.find(({ id }: { id: string }) => id === 'code').params.size).toBe(9);
  });

  await test.step('open what is on disk', async () => {
    await page.keyboard.press('Control+o');
    await window.openFrom(folder, 'shared.hourglass');
    changeOutside('Theirs again');
    await changeInside(11);
    await dialog.getByRole('button', { name: 'Open what is on disk' }).click();
    await expect(page).toHaveTitle(/^Theirs again/);
    expect(saved().name).toBe('Theirs again');
  });

  await test.step('overwrite', async () => {
    changeOutside('Third');
    await changeInside(13);
    await dialog.getByRole('button', { name: 'Overwrite it' }).click();
    await expect(page.getByRole('img', { name: 'Unsaved changes' })).toHaveCount(0);
    expect(saved()).toMatchObject({ name: 'Theirs again' });
    expect(saved().blocks.find(({ id }: { id: string }) => id === 'code').params.size).toBe(13);
  });

  await test.step('one that can’t be read is offered as it was saved last', async () => {
    writeFileSync(file, '{ "format": "hourgl');
    await page.keyboard.press('Control+o');
    await window.pickFrom(folder, 'shared.hourglass');
    const rescue = page.getByRole('dialog', { name: 'shared.hourglass can’t be opened' });
    await rescue.getByRole('button', { name: /^Restore the backup of/ }).click();
    await expect(page.getByText(/is as it was in backup \d/)).toBeVisible();
    expect(saved().format).toBe('hourglass');
  });

  await test.step('where nothing may be written, another place is asked for, and nothing is lost', async () => {
    // Linux alone has a folder that nobody may write to, root included.
    if (process.platform !== 'linux') return;
    await window.nothingSelected();
    await window.setNumber('Code size', 17);
    await page.keyboard.press('Control+Shift+s');
    await window.answerSave('/proc', 'mine');
    const refused = page.getByRole('dialog', { name: 'mine.hourglass can’t be saved there' });
    await refused.getByRole('button', { name: 'Save elsewhere…' }).click();
    await window.saveInto(folder, 'elsewhere');
    await expect(page.getByRole('img', { name: 'Unsaved changes' })).toHaveCount(0);
  });
});

test('unsaved edits are offered again after a reload', async ({ window }) => {
  await window.nothingSelected();
  await window.setNumber('Code size', 21);
  await window.page.reload();
  await expect(window.page.getByRole('dialog', { name: 'Recover unsaved changes?' })).toBeVisible();
  await window.button('Recover').click();
  await expect(window.node('code')).toContainText('21');
  await expect(window.page.getByRole('img', { name: 'Unsaved changes' })).toBeVisible();

  await window.page.reload();
  await window.button('Throw them away').click();
  await expect(window.node('code')).toContainText('16');
  await window.page.reload();
  await expect(window.node('code')).toContainText('16');
  await expect(window.page.getByRole('dialog')).toHaveCount(0);
});
