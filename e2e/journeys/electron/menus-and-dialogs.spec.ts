import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { electronProgram } from '../../shells/electron-program';
import { expect, test } from './desktop-journey';

const examplesFolder = () => join(electronProgram().app, 'examples');

test('the system’s menus do what the table of commands says, and keys do it once', async ({ startApp }) => {
  const app = await startApp();
  const window = await app.window();
  const { page } = window;
  const palette = page.getByRole('navigation', { name: 'Palette' });
  await expect(page.getByRole('menubar')).toHaveCount(0);
  await expect
    .poll(() => app.system.menuLabels(page))
    .toEqual(['File', 'Edit', 'Arrange', 'View', 'Run', 'Help']);

  await test.step('a click runs the command', async () => {
    await app.clickMenu(window, 'view.palette');
    await expect(palette).toHaveCount(0);
  });
  await test.step('its key does, once', async () => {
    await page.keyboard.press('Control+b');
    await expect(palette).toBeVisible();
    expect(await app.system.menuItem(page, 'view.palette')).toMatchObject({
      accelerator: 'CommandOrControl+B',
      registerAccelerator: false,
    });
  });
  await test.step('what can’t be done is greyed, and follows the drawing', async () => {
    expect(await app.system.menuItem(page, 'edit.undo')).toMatchObject({ enabled: false });
    await window.setNumber('Code size', 24);
    await window.nothingSelected();
    await app.clickMenu(window, 'edit.undo');
    await expect(window.node('code')).toContainText('16');
    await expect.poll(() => app.system.menuItem(page, 'edit.undo')).toMatchObject({ enabled: false });
    await expect.poll(() => app.system.menuItem(page, 'edit.redo')).toMatchObject({ enabled: true });
  });
  await test.step('in a field, undoing is the field’s', async () => {
    await window.setNumber('Code size', 20);
    await window.field('Name').fill('Another');
    await window.field('Name').press('End');
    await page.keyboard.type('!');
    await app.clickMenu(window, 'edit.undo');
    await expect(window.field('Name')).not.toHaveValue('Another!');
    await expect(window.node('code')).toContainText('20');
  });
  await test.step('an example is opened from its submenu', async () => {
    await app.clickMenu(window, `example:${examplesFolder()}/mnist-dense.hourglass`);
    await page.getByRole('button', { name: 'Don’t save' }).click();
    await expect(page).toHaveTitle(/^MNIST|^mnist/);
  });
});

test('the system’s dialogs answer where to save and what to open', async ({ startApp, folder }) => {
  const app = await startApp();
  const window = await app.window();
  const { page } = window;
  await page.keyboard.press('Control+s');
  await expect.poll(() => app.system.asked()).toHaveLength(1);
  expect((await app.system.asked())[0]).toMatchObject({
    kind: 'save',
    options: {
      defaultPath: expect.stringMatching(/Untitled\.hourglass$/),
      filters: [{ extensions: ['hourglass'] }, { extensions: ['*'] }],
    },
  });
  await app.system.callOff();
  await expect(page.getByText('not saved yet'), 'called off, nothing happened').toBeVisible();

  await test.step('saving adds the ending, and is shown in the title', async () => {
    await app.system.answerNext({ filePath: join(folder, 'first') });
    await page.keyboard.press('Control+s');
    await expect(page.getByText('first.hourglass')).toBeVisible();
    expect(JSON.parse(readFileSync(join(folder, 'first.hourglass'), 'utf8')).name).toBe('Untitled');
    expect(await app.titleOf(window)).toBe('Untitled (first.hourglass) – Hourglass');
    await window.setNumber('Code size', 24);
    await expect.poll(() => app.titleOf(window)).toBe('• Untitled (first.hourglass) – Hourglass');
  });
  await test.step('a file that the system has asked about is replaced without another question', async () => {
    await app.system.answerNext({ filePath: join(folder, 'second.hourglass') });
    await page.keyboard.press('Control+Shift+s');
    await expect(page.getByText('second.hourglass')).toBeVisible();
    await app.system.answerNext({ filePath: join(folder, 'first.hourglass') });
    await app.clickMenu(window, 'file.saveAs');
    await expect(page.getByText('first.hourglass')).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });
  await test.step('one that it has not is asked about', async () => {
    await app.system.answerNext({ filePath: join(folder, 'second') });
    await app.clickMenu(window, 'file.saveAs');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText('first.hourglass')).toBeVisible();
  });
  await test.step('opening, also what was opened before', async () => {
    await window.setNumber('Code size', 8);
    await page.keyboard.press('Control+s');
    await expect(page.getByRole('img', { name: 'Unsaved changes' })).toHaveCount(0);
    await app.system.answerNext({ filePaths: [join(folder, 'second.hourglass')] });
    await page.keyboard.press('Control+o');
    await expect(window.node('code')).toContainText('24');
    expect((await app.system.asked()).at(-1)).toMatchObject({
      kind: 'open',
      options: { defaultPath: folder, properties: ['openFile'] },
    });
    await app.clickMenu(window, `recent:${join(folder, 'first.hourglass')}`);
    await expect(window.node('code')).toContainText('8');
  });
  await test.step('the system lists what was saved and opened among its recent documents', async () => {
    const told = await app.recentDocuments();
    expect(told).toContain(join(folder, 'second.hourglass'));
    expect(told.at(-1)).toBe(join(folder, 'first.hourglass'));
  });
  await test.step('Ctrl+N begins anew', async () => {
    await page.keyboard.press('Control+n');
    await page.getByRole('button', { name: 'Empty canvas' }).click();
    await expect(window.node('code')).toHaveCount(0);
    await expect(page.getByText('not saved yet')).toBeVisible();
  });
  await test.step('data may be a file or a folder', async () => {
    await app.system.answerNext({ response: 1 });
    await app.system.answerNext({ filePaths: [folder] });
    await window.panel('Data');
    await window.button('Files…').click();
    await expect
      .poll(async () => (await app.system.asked()).at(-1))
      .toMatchObject({
        kind: 'open',
        options: { properties: ['openDirectory'] },
      });
    await expect(page.getByRole('tabpanel')).toContainText(/no pictures|No pictures|picture/);
  });
});

test('a window with changes asks before it closes, and opens again where it was', async ({
  startApp,
  folder,
}) => {
  let app = await startApp();
  let window = await app.window();
  const frame = { x: 40, y: 30, width: 1000, height: 640 };
  await app.reframe(frame);
  const question = () => window.page.getByRole('dialog', { name: 'Save the changes?' });
  await window.setNumber('Code size', 24);
  await app.close(window);
  await question().getByRole('button', { name: 'Cancel' }).click();
  await expect(window.node('code')).toContainText('24');
  expect(await app.windowCount()).toBe(1);

  await test.step('not saved on purpose, it is not offered again', async () => {
    await app.close(window);
    await question().getByRole('button', { name: 'Don’t save' }).click();
    await app.ended();
    app = await startApp();
    window = await app.window();
    expect(await app.frame()).toEqual(frame);
    await expect(window.node('code')).toContainText('16');
    await window.page.waitForTimeout(500);
    await expect(window.page.getByRole('dialog')).toHaveCount(0);
  });
  await test.step('what is typed counts; called off in the dialog of saving, it stays', async () => {
    await window.field('Code size').fill('9');
    await app.close(window);
    await question().getByRole('button', { name: 'Save', exact: true }).click();
    await app.system.callOff();
    await expect(question()).toHaveCount(0);
    expect(await app.windowCount()).toBe(1);
  });
  await test.step('saved, it closes', async () => {
    await app.system.answerNext({ filePath: join(folder, 'kept.hourglass') });
    await app.close(window);
    await question().getByRole('button', { name: 'Save', exact: true }).click();
    await app.ended();
    expect(existsSync(join(folder, 'kept.hourglass'))).toBe(true);
    expect(readFileSync(join(folder, 'kept.hourglass'), 'utf8')).toContain('"size": 9');
  });
});

test('a page that hangs keeps no window open, and its changes are offered again', async ({ startApp }) => {
  const app = await startApp();
  const window = await app.window();
  await window.setNumber('Code size', 24);
  await window.page.waitForTimeout(1_500);
  await window.hang();
  const since = Date.now();
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await app.ended();
  expect(Date.now() - since).toBeLessThan(10_000);
  const next = await (await startApp()).window();
  await next.page.getByRole('button', { name: 'Recover' }).click();
  await expect(next.node('code')).toContainText('24');
});

test('quitting asks in each window, and one “Cancel” keeps all', async ({ startApp }) => {
  let app = await startApp();
  const first = await app.window();
  await first.setNumber('Code size', 24);
  const second = await app.windowOpenedBy(() => app.clickMenu(first, 'file.newWindow'));
  await expect(second.page.getByRole('dialog'), 'living drafts are nobody else’s').toHaveCount(0);
  await second.setNumber('Code size', 12);
  await second.page.waitForTimeout(1_500);

  await app.quit();
  const question = (window: typeof first) => window.page.getByRole('dialog', { name: 'Save the changes?' });
  await question(second).getByRole('button', { name: 'Don’t save' }).click();
  await question(first).getByRole('button', { name: 'Cancel' }).click();
  await expect(second.node('code')).toContainText('12');
  expect(await app.windowCount()).toBe(2);

  await test.step('nothing was given up: both are offered after a crash', async () => {
    await app.kill();
    app = await startApp();
    const next = await app.window();
    const { page } = next;
    const offer = page.getByRole('dialog', { name: 'Recover unsaved changes?' });
    await offer.getByRole('button', { name: 'Throw them away' }).click();
    await offer.getByRole('button', { name: 'Recover' }).click();
    await expect(next.node('code')).toContainText(/24|12/);
  });
  await test.step('without changes it ends at once', async () => {
    await app.kill();
    app = await startApp();
    const next = await app.window();
    await next.page.getByRole('button', { name: 'Throw them away' }).click();
    await app.quit();
    await app.ended();
  });
});
