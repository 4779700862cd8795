import { join } from 'node:path';
import { HourglassWindow } from '../pages/hourglass-window';
import { BrowserHost } from '../shells/browser-host';
import { expect, test } from './journey';

test('unsaved changes survive the app’s sudden end, and are offered by the next', async ({
  window,
  host,
  folder,
  browser,
}) => {
  await window.emptyCanvas();
  await window.dragBlock('Add Dense to the encoder', 0.3, 0.3);
  await expect(window.node('dense-1')).toBeVisible();
  await window.page.waitForTimeout(2_000);
  host.process.kill('SIGKILL');

  const next = await BrowserHost.start(join(folder, '.hourglass'));
  const context = await browser.newContext();
  try {
    const later = new HourglassWindow(await context.newPage());
    await later.open(next.address);
    const dialog = later.page.getByRole('dialog', { name: 'Recover unsaved changes?' });
    await expect(dialog).toContainText('Untitled');
    await dialog.getByRole('button', { name: 'Recover' }).click();
    await expect(later.node('dense-1')).toBeVisible();
    await expect(later.page.getByText('not saved yet')).toBeVisible();

    // A second window of the same app is not offered what the first is working on.
    const other = new HourglassWindow(await context.newPage());
    await other.open(new URL('/', next.address).href);
    await expect(other.node('output')).toBeVisible();
    await other.page.waitForTimeout(1_000);
    await expect(other.page.getByRole('dialog')).toHaveCount(0);
  } finally {
    await context.close();
    await next.stop();
  }
});
