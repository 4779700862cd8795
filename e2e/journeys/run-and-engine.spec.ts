import { expect, test } from './journey';

test('the first reconstruction comes soon after pressing Train', async ({ window }, info) => {
  await window.openExample('digits-and-shapes');
  // A warm app: the first run has loaded the engine and the data.
  await window.train();
  await expect.poll(() => window.reconstructionUpdates()).toBeGreaterThan(0);
  await window.button('Stop').click();
  await expect(window.runState).toContainText('Stopped');
  const began = Date.now();
  await window.train();
  await window.page.waitForFunction(
    () => {
      const running = /Training/.test(document.querySelector('[aria-label="Run state"]')?.textContent ?? '');
      return running && Number(document.querySelector('[data-updates]')?.getAttribute('data-updates')) > 0;
    },
    undefined,
    { polling: 20 },
  );
  const seconds = (Date.now() - began) / 1000;
  info.annotations.push({
    type: 'measured',
    description: `first reconstruction after ${seconds.toFixed(2)} s`,
  });
  console.log(`first reconstruction ${seconds.toFixed(2)} s after pressing Train (goal 1.5 s)`);
  // The goal is measured, not raced: a busy CI machine gets leeway, a broken order of work does not.
  expect(seconds).toBeLessThan(6);
});

test('a reloaded window joins the run that is going on', async ({ window }) => {
  await window.openExample('digits-and-shapes');
  await window.nothingSelected();
  await window.setNumber('Epochs', 500);
  await window.train();
  await expect.poll(() => window.reconstructionUpdates()).toBeGreaterThan(1);
  const step = await window.figure('Step');
  await window.reloadAndRecover();
  await expect(window.runState).toContainText('Training');
  await expect.poll(() => window.figure('Step')).toBeGreaterThan(step);
  await expect.poll(() => window.reconstructionUpdates()).toBeGreaterThan(0);
  await window.button('Stop').click();
  await expect(window.runState).toContainText('Stopped');
});

test('a killed engine is reported within two seconds, and the next run works', async ({ window, shell }) => {
  await window.openExample('digits-and-shapes');
  await window.nothingSelected();
  await window.setNumber('Epochs', 500);
  await window.train();
  await expect.poll(() => window.reconstructionUpdates()).toBeGreaterThan(0);
  const engines = await shell.engines();
  expect(engines.length).toBeGreaterThan(0);
  for (const engine of engines) process.kill(engine, 'SIGKILL');
  await expect(window.page.getByText(/engine (has )?stopped/i).first()).toBeVisible({ timeout: 2000 });
  await expect(window.runState).toContainText(/Failed|stopped|lost/i);
  await window.node('dense-1').click();
  await expect(window.field('Units')).toBeEditable();
  // Until then a run is refused: there is nobody to train it.
  await expect(window.page.getByText('has been restarted')).toBeVisible({ timeout: 10_000 });
  await window.train();
  await expect(window.runState).toContainText('Training', { timeout: 20_000 });
  await expect.poll(() => window.reconstructionUpdates(), { timeout: 20_000 }).toBeGreaterThan(0);
  await window.button('Stop').click();
  await expect(window.runState).toContainText('Stopped');
});

test('an engine that hangs is told of and restarted by hand, and the next run works', async ({
  window,
  shell,
}) => {
  await window.openExample('digits-and-shapes');
  await window.nothingSelected();
  await window.setNumber('Epochs', 500);
  await window.train();
  await expect.poll(() => window.reconstructionUpdates()).toBeGreaterThan(0);
  for (const engine of await shell.engines()) process.kill(engine, 'SIGSTOP');
  const banner = window.page.getByRole('alert').filter({ hasText: 'The engine has not answered for' });
  await expect(banner).toBeVisible({ timeout: 30_000 });
  // The window lives on meanwhile.
  await window.node('dense-1').click();
  await expect(window.field('Units')).toBeEditable();
  await banner.getByRole('button', { name: 'Restart the engine' }).click();
  await expect(banner).toBeHidden();
  await expect(window.runState).toContainText('Failed');
  await expect(window.button('Train')).toBeEnabled({ timeout: 20_000 });
  await expect(window.page.getByText(/has been restarted/)).toBeVisible({ timeout: 20_000 });
  await window.train();
  await expect.poll(() => window.reconstructionUpdates(), { timeout: 20_000 }).toBeGreaterThan(0);
  await window.button('Stop').click();
  await expect(window.runState).toContainText('Stopped');
});

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
