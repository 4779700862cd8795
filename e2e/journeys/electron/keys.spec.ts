import { expect, test } from './desktop-journey';

test('the system’s menus show the keys that a command was given', async ({ startApp }) => {
  const app = await startApp();
  const window = await app.window();
  const { page } = window;
  const accelerator = async (id: string) => (await app.system.menuItem(page, id))?.accelerator;
  await expect.poll(() => accelerator('run.train')).toBe('CommandOrControl+Enter');
  await app.clickMenu(window, 'file.settings');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('tab', { name: 'Keys' }).click();
  await settings.getByRole('button', { name: 'Take Ctrl+Enter from “Train”' }).click();
  await settings.getByRole('button', { name: 'Add keys to “Train”' }).click();
  await page.keyboard.press('Control+Shift+F9');
  await expect.poll(() => accelerator('run.train')).toBe('CommandOrControl+Shift+F9');
  await settings.getByRole('button', { name: 'Reset all' }).click();
  await expect.poll(() => accelerator('run.train')).toBe('CommandOrControl+Enter');
});
