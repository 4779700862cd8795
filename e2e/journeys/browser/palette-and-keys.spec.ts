import { expect, test } from '../journey';

test('the command palette finds commands, blocks and drawings, and is not opened over a dialog', async ({
  window,
}) => {
  const { page } = window;
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  const search = palette.getByRole('textbox');
  await test.step('a command, by typing and Enter', async () => {
    await page.keyboard.press('Control+Shift+p');
    await expect(search).toBeFocused();
    await page.keyboard.type('lower pan');
    await page.keyboard.press('Enter');
    await expect(palette).toHaveCount(0);
    await expect(page.getByRole('tablist', { name: 'Panels' })).toHaveCount(0);
  });
  await test.step('by F1, with the keys of commands, and what can’t be done greyed', async () => {
    await page.keyboard.press('F1');
    const undo = palette.getByRole('button', { name: /^Undo/ });
    await expect(undo).toContainText('Ctrl+Z');
    await expect(undo).toHaveAttribute('aria-disabled', 'true');
    // It is disabled to Playwright, too.
    await undo.click({ force: true });
    await expect(palette, 'what can’t be done does nothing').toBeVisible();
    await page.keyboard.type('lower pan');
    await palette.getByRole('button', { name: /^Lower panel/ }).click();
    await expect(page.getByRole('tablist', { name: 'Panels' })).toBeVisible();
  });
  await test.step('a block', async () => {
    await page.keyboard.press('F1');
    await page.keyboard.type('add dense');
    await page.keyboard.press('Enter');
    await expect(window.node('dense-3')).toBeVisible();
    await page.keyboard.press('Control+z');
    await expect(window.node('dense-3')).toHaveCount(0);
  });
  await test.step('a block of the drawing, which the view goes to', async () => {
    const before = await window.zoom();
    await page.keyboard.press('F1');
    await page.keyboard.type('go to code');
    await page.keyboard.press('Enter');
    await expect(window.node('code')).toHaveClass(/selected/);
    await expect.poll(() => window.zoom()).toBeGreaterThan(before);
    await window.showAll();
  });
  await test.step('panels, by name and by their keys; the check, the search for a rate, code sizes', async () => {
    const shown = (name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`), selected: true });
    const run = async (words: string) => {
      await page.keyboard.press('F1');
      await page.keyboard.type(words);
      await page.keyboard.press('Enter');
      await expect(palette).toHaveCount(0);
    };
    await run('layers panel');
    await expect(shown('Layers')).toBeVisible();
    const panels = ['Run', 'Runs', 'Errors', 'Layers', 'Code', 'Data', 'Problems'];
    for (const [index, name] of panels.entries()) {
      await page.keyboard.press(`Alt+Shift+Digit${index + 1}`);
      await expect(shown(name)).toBeVisible();
    }
    await run('code sizes');
    await expect(page.getByRole('button', { name: /^Train \d sizes/ })).toBeVisible();
    await run('compare runs');
    await expect(page.getByRole('status').filter({ hasText: 'Tick two to 6 runs' })).toBeVisible();
    await run('find a learning rate');
    await expect(page.getByRole('img', { name: /^Loss over learning rates/ })).toBeVisible({
      timeout: 60_000,
    });
    await run('check the drawing');
    await expect(page.getByRole('status', { name: 'Check' })).toContainText('an epoch', { timeout: 60_000 });
  });
  await test.step('nothing', async () => {
    await page.keyboard.press('F1');
    await page.keyboard.type('qqq');
    await expect(palette).toContainText('Nothing is called “qqq”.');
    await page.keyboard.press('Escape');
    await expect(palette).toHaveCount(0);
  });
  await test.step('not over a dialog', async () => {
    await window.menu('Help', 'About');
    const about = page.getByRole('dialog', { name: 'About Hourglass' });
    await expect(about).toBeVisible();
    await page.keyboard.press('F1');
    await page.keyboard.press('Control+Shift+p');
    await expect(palette).toHaveCount(0);
    await about.getByRole('button', { name: 'Close', exact: true }).last().click();
  });
  await test.step('the palette of blocks is searched, too', async () => {
    const field = page.getByRole('textbox', { name: 'Find a block' });
    await field.fill('cnv');
    await expect(window.button('Add Convolution to the encoder')).toBeVisible();
    await expect(window.button('Add Dense to the encoder')).toHaveCount(0);
    await field.press('Escape');
    await expect(window.button('Add Dense to the encoder')).toBeVisible();
  });
  await test.step('a template', async () => {
    await page.keyboard.press('F1');
    await page.keyboard.type('inpaint');
    await page.keyboard.press('Enter');
    await expect(page).toHaveTitle(/Inpaint scenes/);
  });
});

test('the sheet of keys and gestures is searched, and a command is given other keys by pressing them', async ({
  window,
  shell,
  start,
}) => {
  const { page } = window;
  const sheet = page.getByRole('dialog', { name: 'Keys and gestures' });
  await test.step('the sheet', async () => {
    await page.keyboard.press('?');
    await expect(sheet.getByRole('region', { name: 'Run' })).toContainText('Train');
    await expect(sheet.getByRole('region', { name: 'Wires' })).toBeVisible();
    await sheet.getByRole('textbox').fill('zoom');
    await expect(sheet.getByRole('region', { name: 'On the canvas' })).toContainText(
      'Zoom around the pointer',
    );
    await expect(sheet.getByRole('region', { name: 'Wires' })).toHaveCount(0);
    await sheet.getByRole('button', { name: 'Change keys…' }).click();
  });
  const settings = page.getByRole('dialog', { name: 'Settings' });
  const add = (command: string) => settings.getByRole('button', { name: `Add keys to “${command}”` });
  await test.step('new keys', async () => {
    await add('Tidy up').click();
    await page.keyboard.press('Control+k');
    await expect(settings.getByRole('button', { name: 'Take Ctrl+K from “Tidy up”' })).toBeVisible();
  });
  await test.step('keys that another command has are told of, and handed over', async () => {
    await add('Train').click();
    await page.keyboard.press('Control+j');
    await expect(settings.getByRole('alert')).toContainText('Ctrl+J runs “Lower panel” already.');
    await settings.getByRole('button', { name: 'Use it for “Train”' }).click();
    await expect(settings.getByRole('button', { name: 'Take Ctrl+J from “Train”' })).toBeVisible();
    await expect(settings.getByRole('button', { name: 'Take Ctrl+J from “Lower panel”' })).toHaveCount(0);
  });
  await test.step('keys of the focus are refused, and Escape leaves it', async () => {
    await add('Save').click();
    await page.keyboard.press('Enter');
    await expect(settings.getByRole('alert')).toContainText('Enter moves the focus');
    await page.keyboard.press('Escape');
    await expect(settings).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(settings).toHaveCount(0);
  });
  await test.step('they work, and menus show them', async () => {
    await page.keyboard.press('Control+j');
    await expect(window.runState).toContainText('Training');
    await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
    await expect(page.getByRole('menuitem', { name: /^Train/ })).toContainText('Ctrl+Enter');
    await page.keyboard.press('Escape');
    await page.getByRole('menuitem', { name: 'View', exact: true }).click();
    await expect(page.getByRole('menuitem', { name: /^Lower panel/ })).not.toContainText('Ctrl');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Alt+Enter');
    await expect(window.runState).toContainText(/Stopped|Completed/);
  });
  await test.step('they are there at the next start; all are reset at once', async () => {
    await shell.quit();
    const { window: later } = await start();
    await later.page.keyboard.press('?');
    await expect(later.page.getByRole('region', { name: 'Run' }).getByLabel('Ctrl+J')).toBeVisible();
    await later.page.getByRole('button', { name: 'Change keys…' }).click();
    await later.page.getByRole('button', { name: 'Reset all' }).click();
    await expect(later.page.getByRole('button', { name: 'Take Ctrl+J from “Lower panel”' })).toBeVisible();
    await expect(later.page.getByRole('button', { name: 'Reset all' })).toBeDisabled();
  });
});
