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
