import { HourglassWindow } from '../../pages/hourglass-window';
import { expect, test } from '../journey';

test('a second window is not offered what the first is working on', async ({ window, shell }) => {
  await window.emptyCanvas();
  await window.dragBlock('Add Dense to the encoder', 0.3, 0.3);
  await expect(window.node('dense-1')).toBeVisible();
  await window.page.waitForTimeout(2_000);

  const opened = window.page.context().waitForEvent('page');
  await window.menu('File', 'New window');
  const other = new HourglassWindow(await opened, shell.system);
  await other.ready();
  await expect(other.node('output')).toBeVisible();
  await other.page.waitForTimeout(1_000);
  await expect(other.page.getByRole('dialog')).toHaveCount(0);
  await expect(window.page.getByRole('img', { name: 'Unsaved changes' })).toBeVisible();
});
