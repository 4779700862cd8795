import { spawn } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDocument } from '../../../shared/document/new-document';
import { appLink } from '../../../shared/sharing/drawing-link';
import { commandOf, type DesktopApp } from '../../pages/desktop-app';
import type { HourglassWindow } from '../../pages/hourglass-window';
import { electronProgram } from '../../shells/electron-program';
import { expect, test } from './desktop-journey';

/** Puts an example where it is the user's own file. */
function ownFile(folder: string, name: string, example: string): string {
  const path = join(folder, name);
  copyFileSync(join(electronProgram().app, 'examples', `${example}.hourglass`), path);
  return path;
}

/** Starts the app once more, as a file manager does. @returns its exit code */
function startAgain(folder: string, files: readonly string[], workingFolder: string): Promise<number | null> {
  const { path, args, env } = commandOf(join(folder, '.hourglass'));
  const second = spawn(path, [...args, ...files], { env, cwd: workingFolder, stdio: 'ignore' });
  return new Promise((resolve) => second.once('exit', resolve));
}

test('each file has one window, however it is opened', async ({ startApp, folder }) => {
  const dense = ownFile(folder, 'dense.hourglass', 'mnist-dense');
  const conv = ownFile(folder, 'conv.hourglass', 'mnist-conv');
  const app = await startApp([dense]);
  const first = await app.window();
  await expect(first.page.getByText('dense.hourglass')).toBeVisible();
  await expect(first.page).toHaveTitle('MNIST, dense (dense.hourglass) – Hourglass');
  expect(await app.windowCount()).toBe(1);

  let second: HourglassWindow;
  await test.step('a second start hands over what it was to open, and ends', async () => {
    second = await app.windowOpenedBy(async () => {
      expect(await startAgain(folder, ['conv.hourglass'], folder)).toBe(0);
    });
    await expect(second.page.getByText('conv.hourglass')).toBeVisible();
    const places = await app.places();
    expect(places).toHaveLength(2);
    expect(places[0]).not.toEqual(places[1]);
  });
  await test.step('what is open already, or nothing, opens no further window', async () => {
    expect(await startAgain(folder, [dense], folder)).toBe(0);
    expect(await startAgain(folder, [], folder)).toBe(0);
    await app.openFromSystem(conv);
    expect(await app.windowCount()).toBe(2);
  });
  await test.step('nor when it is asked for in another window', async () => {
    await app.system.answerNext({ filePaths: [conv] });
    await first.page.keyboard.press('Control+o');
    await expect.poll(async () => (await app.system.asked()).at(-1)?.kind).toBe('open');
    await app.clickMenu(first, `recent:${conv}`);
    await first.page.waitForTimeout(500);
    await expect(first.page).toHaveTitle(/dense\.hourglass/);
    expect(await app.windowCount()).toBe(2);
  });
  await test.step('a window where nothing was done yet takes it', async () => {
    const empty = await app.windowOpenedBy(() => app.clickMenu(first, 'file.newWindow'));
    const third = ownFile(folder, 'third.hourglass', 'colour-scenes');
    await app.openFromSystem(third);
    await expect(empty.page).toHaveTitle(/third\.hourglass/);
    expect(await app.windowCount()).toBe(3);
  });
  await test.step('closing one of several leaves the others', async () => {
    await app.close(second);
    await expect.poll(() => app.windowCount()).toBe(2);
  });
  await test.step('a file that is not there is said', async () => {
    const opened = await app.windowOpenedBy(() => app.openFromSystem(join(folder, 'missing.hourglass')));
    await expect(opened.page.getByRole('alert')).toContainText('there is none');
  });
});

/** Drops a file of the disk on an element of the page, which begins as a choice of files: only those have places. */
async function drop(window: HourglassWindow, path: string, onto: string): Promise<void> {
  const { page } = window;
  await page.evaluate(() => {
    const input = document.createElement('input');
    input.type = 'file';
    input.id = 'dropped-by-test';
    document.body.append(input);
  });
  await page.locator('#dropped-by-test').setInputFiles(path);
  await page.evaluate((selector) => {
    const input = document.getElementById('dropped-by-test') as HTMLInputElement;
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(input.files![0]!);
    input.remove();
    const target = document.querySelector(selector)!;
    target.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, onto);
}

test('a drawing dropped on the window is opened, a table is taken for data, another file is refused', async ({
  startApp,
  folder,
}) => {
  const app = await startApp();
  const window = await app.window();
  const dense = ownFile(folder, 'dense.hourglass', 'mnist-dense');
  await drop(window, dense, '[aria-label="A picture of your own"]');
  await expect(window.page).toHaveTitle('MNIST, dense (dense.hourglass) – Hourglass');
  await drop(window, process.execPath, '.react-flow__pane');
  await expect(window.page.getByRole('alert')).toContainText('Expected IDX files');
  // A model of another program is imported.
  const foreign = join(
    import.meta.dirname,
    '..',
    '..',
    '..',
    'main',
    'import',
    'fixtures',
    'keras-dense.keras',
  );
  await drop(window, foreign, '.react-flow__pane');
  const imported = window.page.getByRole('dialog', { name: 'Import keras-dense.keras' });
  await expect(imported).toBeVisible();
  await window.page.keyboard.press('Escape');
  await expect(imported).toBeHidden();
  const table = join(folder, 'rows.csv');
  writeFileSync(table, 'x,y,z\n1,2,3\n4,5,6\n7,8,10\n');
  await drop(window, table, '.react-flow__pane');
  await expect(window.page.getByLabel('About the data')).toContainText('float32, 1 to 10');
  await expect(window.page).toHaveTitle(/dense\.hourglass/);
});

test('a link to a drawing, from whoever made it, opens in a window of its own', async ({
  startApp,
  folder,
}) => {
  const drawing = (name: string) => ({ ...newDocument(), name });
  const app = await startApp([appLink(drawing('From a link'))]);
  const first = await app.window();
  await expect(first.page).toHaveTitle('From a link – Hourglass');
  await first.setNumber('Code size', 24);
  const second = await app.windowOpenedBy(async () => {
    expect(await startAgain(folder, [appLink(drawing('Another'))], folder)).toBe(0);
  });
  await expect(second.page).toHaveTitle('Another – Hourglass');
  await expect(first.node('code')).toContainText('24');
  const third = await app.windowOpenedBy(() =>
    app.electron.evaluate(({ app: electron }, link) => {
      electron.emit('open-url', { preventDefault: () => {} }, link);
    }, 'hourglass:g=1.cut-off'),
  );
  await expect(third.page.getByRole('alert')).toContainText('This link to a drawing can’t be read');
});

/** What a page that was loaded anew shows, which Playwright has lost sight of. */
function textOf(app: DesktopApp): Promise<string> {
  return app.electron.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    // A page that goes while it is asked does not answer.
    const late = new Promise<string>((resolve) => setTimeout(() => resolve(''), 500));
    return Promise.race([late, contents?.executeJavaScript('document.body.innerText') ?? '']);
  });
}

function crash(app: DesktopApp): Promise<void> {
  return app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
}

test('a page that crashes is loaded anew with its changes; crashing again is asked about', async ({
  startApp,
}) => {
  const app = await startApp();
  const window = await app.window();
  await window.setNumber('Code size', 24);
  await window.page.waitForTimeout(1_500);
  await crash(app);
  await expect.poll(() => textOf(app)).toContain('was loaded anew');
  await expect.poll(() => textOf(app)).toContain('Recover unsaved changes?');
  expect(await app.system.asked()).toEqual([]);

  await test.step('again within seconds', async () => {
    await app.system.answerNext({ response: 0 });
    await crash(app);
    await expect.poll(async () => (await app.system.asked()).length).toBe(1);
    expect((await app.system.asked())[0]?.options).toMatchObject({
      message: 'The window stopped twice within seconds.',
      buttons: ['Reload', 'Close'],
    });
    await expect.poll(() => textOf(app)).toContain('Recover unsaved changes?');
  });
  await test.step('closed instead, the app ends, and offers the changes when it starts', async () => {
    await app.system.answerNext({ response: 1 });
    await crash(app);
    await app.ended();
    const next = await (await startApp()).window();
    await next.page.getByRole('button', { name: 'Recover' }).click();
    await expect(next.node('code')).toContainText('24');
  });
});

test('a page that hangs is loaded anew when the user wants it', async ({ startApp }) => {
  const app = await startApp();
  const window = await app.window();
  await window.setNumber('Code size', 24);
  await window.page.waitForTimeout(1_500);
  await window.hang();
  await app.system.answerNext({ response: 0 });
  // Electron says so after half a minute of clicks without an answer.
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.emit('unresponsive'));
  await expect.poll(() => textOf(app)).toContain('it did not answer');
  await expect.poll(() => textOf(app)).toContain('Recover unsaved changes?');
  expect((await app.system.asked())[0]?.options).toMatchObject({ buttons: ['Load it anew', 'Wait'] });
});
