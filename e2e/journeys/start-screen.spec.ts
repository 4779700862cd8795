import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './journey';

test.describe('as the app comes', () => {
  test.use({ asItComes: true });

  test('first time: start screen, template, train, see codes, in six clicks and a minute', async ({
    window,
  }) => {
    const { page } = window;
    const began = Date.now();
    let clicks = 0;
    await page.exposeFunction('countClick', () => {
      clicks += 1;
    });
    await page.evaluate(() => {
      const count: unknown = Reflect.get(globalThis, 'countClick');
      addEventListener('click', ({ isTrusted }) => isTrusted && typeof count === 'function' && count(), true);
    });
    await page
      .getByRole('main', { name: 'Start' })
      .getByRole('button', { name: 'Digits and shapes' })
      .click();
    await expect(window.node('code')).toBeVisible();
    await window.train();
    await expect(window.runState).toContainText('Completed', { timeout: 60_000 });
    await window.panel('Code');
    await expect(page.getByRole('slider', { name: 'Value 1 of the code' })).toBeVisible();
    const seconds = (Date.now() - began) / 1_000;
    test
      .info()
      .annotations.push({ type: 'figure', description: `${clicks} clicks, ${seconds.toFixed(1)} s` });
    expect(clicks).toBeLessThanOrEqual(6);
    expect(seconds).toBeLessThanOrEqual(60);
  });

  test('the start screen begins a drawing, is left by Escape, and comes again by its command', async ({
    window,
    folder,
    start,
    shell,
  }) => {
    const { page } = window;
    const screen = page.getByRole('main', { name: 'Start' });
    await expect(screen).toBeVisible();
    await expect(window.canvas).toHaveCount(0);
    await test.step('an empty drawing', async () => {
      await screen.getByRole('button', { name: 'New empty drawing' }).click();
      await expect(window.node('output')).toBeVisible();
      await expect(window.node('code')).toHaveCount(0);
    });
    await test.step('by its command, and back with Escape to what was there', async () => {
      await window.menu('File', 'Start screen');
      await expect(screen).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(screen).toHaveCount(0);
      await expect(window.node('output')).toBeVisible();
    });
    await test.step('a command about the drawing leaves it', async () => {
      await window.menu('File', 'Start screen');
      await window.menu('View', 'Fit the drawing');
      await expect(screen).toHaveCount(0);
    });
    await test.step('a recent drawing', async () => {
      await page.keyboard.press('Control+s');
      await window.saveInto(folder, 'mine');
      await window.menu('File', 'Start screen');
      await screen.getByRole('button', { name: /^mine/ }).click();
      await expect(page).toHaveTitle(/mine/);
      await expect(screen).toHaveCount(0);
    });
    await test.step('turned off, the next start begins with the drawing', async () => {
      await window.menu('File', 'Start screen');
      await screen.getByRole('checkbox', { name: 'Show this at the start' }).uncheck();
      const kept = join(folder, '.hourglass', 'settings.json');
      await expect.poll(() => JSON.parse(readFileSync(kept, 'utf8')).startScreen).toBe(false);
      await shell.quit();
      const { window: later } = await start();
      await expect(later.node('code')).toBeVisible();
      await expect(later.page.getByRole('main', { name: 'Start' })).toHaveCount(0);
    });
  });
});
