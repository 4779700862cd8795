import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../journey';

test('whoever never had it opens an example, trains it with the engine that is carried, and takes pictures of theirs', async ({
  window,
  folder,
}) => {
  const { page } = window;
  await expect(page.getByRole('status', { name: 'Engine' })).toContainText('ONNX Runtime');
  await window.openExample('digits-and-shapes');
  await window.panel('Run');
  await window.train();
  await expect.poll(() => window.figure('Training loss'), { timeout: 30_000 }).toBeGreaterThan(0);
  await expect.poll(() => window.reconstructionUpdates(), { timeout: 30_000 }).toBeGreaterThan(0);
  await window.button('Stop').click();
  await expect(window.runState).toContainText('Stopped');

  const png = await window.drawnPicture();
  for (let index = 1; index <= 12; index += 1) writeFileSync(join(folder, `${index}.png`), png);
  await window.chooseFolder(folder);
  await expect(page.getByLabel('About the data')).toContainText('60×90×3');
});
