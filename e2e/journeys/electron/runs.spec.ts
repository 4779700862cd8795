import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './desktop-journey';

test('the system sees how far a run is, stays awake for it, and is told of its end', async ({ startApp }) => {
  const app = await startApp();
  const window = await app.window();
  const isKeptAwake = () =>
    app.electron.evaluate(({ powerSaveBlocker }) =>
      [0, 1, 2, 3].some((id) => powerSaveBlocker.isStarted(id)),
    );
  await app.watchNotifications();
  await window.setNumber('Epochs', 400);
  expect(await isKeptAwake()).toBe(false);
  await window.train();
  await expect(window.runState).toContainText(/Training|running/i);
  await expect.poll(async () => (await app.progress()).at(-1)?.[0]).toBeGreaterThan(0);
  const told = await app.progress();
  expect(told[0]).toEqual([2, 'indeterminate']);
  expect(told.at(-1)?.[1]).toBe('normal');
  expect(await isKeptAwake()).toBe(true);

  await test.step('paused, it may sleep', async () => {
    await window.page.keyboard.press('Control+.');
    await expect.poll(async () => (await app.progress()).at(-1)?.[1]).toBe('paused');
    expect(await isKeptAwake()).toBe(false);
    await expect(window.runState).toContainText(/paused/i);
    await window.page.keyboard.press('Control+.');
    await expect.poll(async () => (await app.progress()).at(-1)?.[1]).toBe('normal');
  });
  await test.step('stopped, nothing is left, and nobody is told what they did', async () => {
    await app.letTimePass(120);
    await window.page.keyboard.press('Control+Alt+Enter');
    await expect.poll(async () => (await app.progress()).at(-1)).toEqual([-1, 'none']);
    expect(await isKeptAwake()).toBe(false);
    expect(await app.notifications()).toEqual([]);
  });
  await test.step('the end of a long one that nobody watches is told', async () => {
    await window.setNumber('Epochs', 2);
    await app.letNobodyWatch();
    await window.train();
    await expect.poll(async () => (await app.progress()).at(-1)?.[1]).not.toBe('none');
    await app.letTimePass(120);
    await expect.poll(() => app.notifications()).toHaveLength(1);
    const [notice] = await app.notifications();
    expect(notice?.title).toBe('Training is finished');
    expect(notice?.body).toMatch(/^2 epochs in 2 min \d+ s, validation MSE 0\.\d{5}\.$/);
  });
});

test('quitting while a run goes on asks, and keeps what came of it', async ({ startApp, folder }) => {
  const app = await startApp();
  const window = await app.window();
  await window.setNumber('Epochs', 1000);
  await app.system.answerNext({ filePath: join(folder, 'long.hourglass') });
  await window.page.keyboard.press('Control+s');
  await expect(window.page.getByText('long.hourglass')).toBeVisible();
  await window.train();
  await expect.poll(async () => (await app.progress()).at(-1)?.[1]).toBe('normal');

  await test.step('called off, both go on', async () => {
    await app.close(window);
    await expect.poll(async () => (await app.system.asked()).length).toBe(2);
    expect((await app.system.asked())[1]?.options).toMatchObject({
      message: 'A run is going on.',
      detail: expect.stringContaining(join(folder, '.hourglass', 'runs')),
      buttons: ['Stop the run and quit', 'Cancel'],
    });
    await app.system.callOff();
    await expect(window.runState).not.toContainText(/stopped/i);
  });
  await test.step('agreed, its weights are in the app’s folder', async () => {
    await app.system.answerNext({ response: 0 });
    await app.close(window);
    await app.ended();
    const runs = join(folder, '.hourglass', 'runs');
    const [kept] = readdirSync(runs);
    expect(readdirSync(join(runs, kept!)).sort()).toEqual([
      'checkpoints',
      'document.hourglass',
      'film.safetensors',
      'history.json',
      'reconstructions.png',
      'summary.json',
      'weights.safetensors',
    ]);
    const history = JSON.parse(readFileSync(join(runs, kept!, 'history.json'), 'utf8'));
    expect(history.ending).toBe('stopped');
    expect(history.losses.length).toBeGreaterThan(0);
  });
});

test('what a run failed of is shown on the task bar, and the engine’s death too', async ({ startApp }) => {
  const app = await startApp();
  const window = await app.window();
  await app.letNobodyWatch();
  await window.setNumber('Epochs', 1000);
  await window.train();
  await expect.poll(async () => (await app.progress()).at(-1)?.[1]).toBe('normal');
  app.killEngine();
  await expect.poll(async () => (await app.progress()).at(-1)?.[1]).toBe('error');
  await test.step('until somebody looks', async () => {
    await app.electron.evaluate(({ app: own }) => own.emit('browser-window-focus'));
    expect((await app.progress()).at(-1)).toEqual([-1, 'none']);
  });
});

test('the app tells what it is, and opens its log folder and no other', async ({ startApp }) => {
  const app = await startApp();
  const window = await app.window();
  const opened = () => app.electron.evaluate(() => Reflect.get(globalThis, 'opened') as string[]);
  await app.electron.evaluate(({ shell }) => {
    const paths: string[] = [];
    Object.assign(globalThis, { opened: paths });
    Object.assign(shell, {
      openPath: async (path: string) => {
        paths.push(path);
        return '';
      },
    });
  });
  await app.clickMenu(window, 'help.about');
  const dialog = window.page.getByRole('dialog', { name: 'About Hourglass' });
  const versions = await app.electron.evaluate(() => process.versions);
  for (const version of [versions.electron, versions.chrome, versions.node])
    await expect(dialog).toContainText(version ?? 'none');
  await expect(dialog).toContainText(/TensorFlow \d|ONNX Runtime \d/);
  await dialog.getByRole('button', { name: 'Open the log folder' }).click();
  await expect.poll(opened).toHaveLength(1);
  expect((await opened())[0]).toMatch(/hourglass/i);
  await expect(dialog).toContainText((await opened())[0] ?? 'none');
});
