import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inFull, tellFigure } from './figure';
import { expect, test } from './journey';

test.describe('as the app comes', () => {
  test.use({ asItComes: true });

  test('first time: start screen, template, train, see codes, in six clicks', async ({ window }) => {
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
    await expect.poll(() => window.reconstructionUpdates()).toBeGreaterThan(0);
    await window.panel('Code');
    await expect(window.codeMap).toHaveAttribute('data-painted', /^[1-9]/);
    tellFigure('first path, codes', (Date.now() - began) / 1_000, 's');
    tellFigure('first path, clicks', clicks, '');
    expect(clicks).toBeLessThanOrEqual(6);
    if (!inFull) return;
    await window.panel('Run');
    await expect(window.runState).toContainText('Completed', { timeout: 90_000 });
    tellFigure('first path, end', (Date.now() - began) / 1_000, 's');
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
      const read = () => (existsSync(kept) ? readFileSync(kept, 'utf8') : '{}');
      await expect.poll(() => JSON.parse(read()).startScreen).toBe(false);
      await shell.quit();
      const { window: later } = await start();
      await expect(later.node('code')).toBeVisible();
      await expect(later.page.getByRole('main', { name: 'Start' })).toHaveCount(0);
    });
  });
});
