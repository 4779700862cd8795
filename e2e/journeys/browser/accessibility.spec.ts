import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type axe from 'axe-core';
import type { HourglassWindow } from '../../pages/hourglass-window';
import { dialogStates } from '../../states/dialog-states';
import { drawingStates, problemStates, type WindowState } from '../../states/states';
import { train, trainedStates } from '../../states/trained-states';
import { tellFigure } from '../figure';
import { expect, test } from '../journey';

declare global {
  interface Window {
    axe: typeof axe;
  }
}

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Where set, each state is also kept as a picture there: `scripts/screens.mjs` makes those in `docs/screens` so. */
const pictures = process.env.HOURGLASS_SCREENS;

// Each looks at several states.
test.describe.configure({ timeout: 300_000 });

test('drawing and training: nothing that axe finds serious, dark and light', async ({
  window,
  shell,
  folder,
}) => {
  for (const state of drawingStates)
    await test.step(state.name, () => judge(window, { shell, folder }, state));
});

test('problems: nothing that axe finds serious, dark and light', async ({ window, shell, folder }) => {
  for (const state of problemStates)
    await test.step(state.name, () => judge(window, { shell, folder }, state));
});

test('dialogs: nothing that axe finds serious, dark and light', async ({ window, shell, folder }) => {
  const { page } = window;
  for (const state of dialogStates) {
    await test.step(state.name, async () => {
      await judge(window, { shell, folder }, state);
      await expect(async () => {
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toHaveCount(0, { timeout: 1_000 });
      }).toPass({ timeout: 15_000 });
    });
  }
});

test('what a run has made: nothing that axe finds serious, dark and light', async ({
  window,
  shell,
  folder,
}) => {
  await train(window);
  for (const state of trainedStates)
    await test.step(state.name, () => judge(window, { shell, folder }, state));
});

async function judge(
  window: HourglassWindow,
  surroundings: Parameters<WindowState['reach']>[1],
  { name, reach }: WindowState,
): Promise<void> {
  const { page } = window;
  await reach(window, surroundings);
  // The pointer rests where it shows no tooltip.
  await page.mouse.move(0, 0);
  for (const scheme of ['dark', 'light'] as const) {
    await show(page, scheme);
    if (pictures) {
      // What is painted on canvases comes a moment later.
      await page.waitForTimeout(300);
      await page.screenshot({ path: join(pictures, `${name}-${scheme}.png`) });
    }
    expect.soft(await complaintsOf(page, scheme), `${name}, ${scheme}`).toEqual([]);
  }
  tellFigure(`${name} without serious complaints`, 2, 'schemes');
}

/** The window follows the system's scheme, unless it is told another. */
async function show(page: Page, scheme: 'dark' | 'light'): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
  // Nothing moves, so the colours are there with the next frame.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}

/** What axe (WCAG 2.2 A and AA, and its own best practices) calls serious or critical, a line each. */
async function complaintsOf(page: Page, scheme: 'dark' | 'light'): Promise<string[]> {
  // Not a script element: the window's policy would refuse it.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  // In the second scheme nothing is different but the colours. In a claim all is looked at all the same.
  const rules = scheme === 'light' && process.env.CI ? ['color-contrast'] : null;
  return page.evaluate(async (runOnly) => {
    const { violations } = await window.axe.run(document, {
      resultTypes: ['violations'],
      // Of WCAG 2.2, but not on unless it is asked for.
      rules: { 'target-size': { enabled: true } },
      ...(runOnly && { runOnly }),
    });
    /** Half scrolled out of sight, where the other half is to be had. */
    const isCut = ({ target }: axe.NodeResult) => {
      const element = document.querySelector(String(target[0]));
      const own = element?.getBoundingClientRect();
      for (let around = element?.parentElement; own && around; around = around.parentElement) {
        if (!/auto|scroll/.test(getComputedStyle(around).overflowY)) continue;
        const { top, bottom } = around.getBoundingClientRect();
        if (own.top < top || own.bottom > bottom) return true;
      }
      return false;
    };
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, help, nodes }) =>
        nodes
          .filter((node) => id !== 'target-size' || !isCut(node))
          .map(
            (node) =>
              `${id}: ${help}: ${node.target.join(' ')} (${node.any[0]?.message ?? node.failureSummary})`,
          ),
      );
  }, rules);
}
