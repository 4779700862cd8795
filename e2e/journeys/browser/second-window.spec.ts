import { HourglassWindow } from '../../pages/hourglass-window';
import { expect, test } from '../journey';

test('a second window is not offered what the first is working on', async ({ window }) => {
  await window.emptyCanvas();
  await window.dragBlock('Add Dense to the encoder', 0.3, 0.3);
  await expect(window.node('dense-1')).toBeVisible();
  await window.page.waitForTimeout(2_000);

  const other = new HourglassWindow(await window.page.context().newPage());
  await other.page.goto(window.page.url());
  await other.ready();
  await expect(other.node('output')).toBeVisible();
  await other.page.waitForTimeout(1_000);
  await expect(other.page.getByRole('dialog')).toHaveCount(0);
});
