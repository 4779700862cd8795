import { expect, test } from '../journey';

test('a run that blows up stops with a Problem and keeps its weights', async ({ window }) => {
  await window.openExample('digits-and-shapes');
  await window.nothingSelected();
  await window.choose('Optimizer', 'SGD with momentum');
  await window.choose('Loss', 'Mean squared error');
  await window.setNumber('Learning rate', 1e10);
  await window.setNumber('Epochs', 50);
  // Nothing bounds a linear network: its steps overshoot further each time.
  await window.setNumber('Layers', 1);
  await window.select('dense-1');
  await window.choose('Activation', 'Linear');
  await window.node('output').click();
  await window.choose('Activation', 'Linear');
  await window.train();
  await expect(window.runState).toContainText('Failed', { timeout: 30_000 });
  await expect(window.page.getByText(/learning rate/i).first()).toBeVisible();
});

test('a picture of one’s own is reconstructed', async ({ window }) => {
  await window.openExample('digits-and-shapes');
  await window.train();
  await expect.poll(() => window.reconstructionUpdates()).toBeGreaterThan(2);
  const png = await window.drawnPicture();
  await window.page
    .locator('input[type=file]')
    .setInputFiles({ name: 'square.png', mimeType: 'image/png', buffer: png });
  await expect(window.page.getByRole('img', { name: 'Your picture square.png' })).toBeVisible();
  await window.button('Stop').click();
});
