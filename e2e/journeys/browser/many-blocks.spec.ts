import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CDPSession, Page } from '@playwright/test';
import { median, tellFigure } from '../figure';
import { noteFrames } from '../frames';
import { expect, test } from '../journey';

/** Of the encoder; with their twins, the ends and the code there are 200 blocks on the canvas. */
const ENCODER_BLOCKS = 98;
const STEPS = 60;

// A trace takes a snapshot of the page at every step, by scripts of its own.
test.use({ trace: 'off' });

test('200 blocks are panned, zoomed and dragged while they train', async ({ window, shell, folder }) => {
  test.setTimeout(240_000);
  const { page } = window;
  writeFileSync(join(folder, 'long.hourglass'), JSON.stringify(longDrawing()));
  await window.menu('File', 'Open…');
  await window.openFrom(folder, 'long.hourglass');
  await window.showAll();
  await window.train();
  await expect(window.runState).toContainText('Training', { timeout: 120_000 });

  const session = await page.context().newCDPSession(page);
  const longest = await longestTask(page);
  const box = (await window.canvas.boundingBox())!;
  const middle = { x: box.x + box.width / 2, y: box.y + box.height * 0.2 };

  const measured = {
    async pan() {
      await page.mouse.move(middle.x, middle.y);
      await page.mouse.down({ button: 'middle' });
      const figures = await perFrame(session, page, (step) =>
        page.mouse.move(middle.x + 40 * Math.sin(step / 8), middle.y + 20 * Math.cos(step / 8)),
      );
      await page.mouse.up({ button: 'middle' });
      return figures;
    },
    async zoom() {
      await page.mouse.move(middle.x, middle.y);
      return perFrame(session, page, (step) => page.mouse.wheel(0, step % 20 < 10 ? -40 : 40));
    },
    async drag() {
      await window.showAll();
      const block = (await window.node('dense-4').boundingBox())!;
      const [x, y] = [block.x + block.width / 2, block.y + block.height / 2];
      await page.mouse.move(x, y);
      await page.mouse.down();
      const figures = await perFrame(session, page, (step) =>
        page.mouse.move(x + step, y + 30 * Math.sin(step / 8)),
      );
      await page.mouse.up();
      return figures;
    },
  };
  for (const [gesture, measure] of Object.entries(measured)) {
    const { busy, framesPerSecond } = await measure();
    tellFigure(`${gesture}, script and layout a frame`, busy, 'ms');
    tellFigure(`${gesture}, frames a second`, framesPerSecond, '(two busy cores without a GPU)');
    expect(busy).toBeLessThan(400);
  }
  tellFigure('longest task', await longest(), 'ms');
  await expect(window.runState).toContainText('Training');
  await window.button('Stop').click();
  await expect(window.runState).toContainText('Stopped');
  expect(await shell.page.title()).toContain('long');
});

/** Does a small part of a gesture at a time, and tells how long script, style and layout took in the frames that drew them. */
async function perFrame(session: CDPSession, page: Page, move: (step: number) => Promise<void>) {
  const began = performance.now();
  const framesDrawn = await noteFrames(session);
  for (let step = 0; step < STEPS; step++) {
    await move(step);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  }
  const seconds = (performance.now() - began) / 1_000;
  const frames = await framesDrawn();
  const withGesture = frames.filter(({ gesture }) => gesture);
  expect(withGesture.length).toBeGreaterThan(STEPS / 2);
  return {
    busy: median(withGesture.map(({ busyMs }) => busyMs)),
    framesPerSecond: frames.length / seconds,
  };
}

/** Notes the page's long tasks from now on. */
async function longestTask(page: Page): Promise<() => Promise<number>> {
  const tasks = await page.evaluateHandle(() => {
    const seen: number[] = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.push(duration);
    }).observe({ entryTypes: ['longtask'] });
    return seen;
  });
  return () => tasks.evaluate((seen) => Math.max(0, ...seen));
}

/** 784-32-32-…-16: an encoder of many narrow dense blocks on the built-in digits and shapes. */
function longDrawing() {
  const example = JSON.parse(readFileSync('examples/digits-and-shapes.hourglass', 'utf8'));
  const { training } = example;
  const [input, dense, , code] = example.blocks;
  const ids = Array.from({ length: ENCODER_BLOCKS }, (_, index) => `dense-${index + 1}`);
  const chain = ['input', ...ids, 'code'];
  const params = { ...dense.params, units: 32 };
  return {
    ...example,
    name: 'long',
    blocks: [input, ...ids.map((id) => ({ id, type: 'dense', params })), code],
    wires: chain.slice(1).map((to, index) => ({ from: chain[index], to })),
    training: { ...training, epochs: 5_000 },
  };
}
