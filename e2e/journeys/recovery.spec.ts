import { expect, test } from './journey';

test('unsaved changes survive the app’s sudden end, and are offered by the next', async ({
  window,
  shell,
  start,
}) => {
  await window.emptyCanvas();
  await window.dragBlock('Add Dense to the encoder', 0.3, 0.3);
  await expect(window.node('dense-1')).toBeVisible();
  await window.page.waitForTimeout(2_000);
  await shell.kill();

  const { window: later } = await start();
  const dialog = later.page.getByRole('dialog', { name: 'Recover unsaved changes?' });
  await expect(dialog).toContainText('Untitled');
  await dialog.getByRole('button', { name: 'Recover' }).click();
  await expect(later.node('dense-1')).toBeVisible();
  await expect(later.page.getByText('not saved yet')).toBeVisible();
});
