import { expect, test } from './journey';

/** How often each is done: `HOURGLASS_KILLS=50 npm run e2e -- --project=electron kills`. */
const KILLS = Number(process.env.HOURGLASS_KILLS ?? 3);
/** Milliseconds that may pass until the window tells, and that may be lost. */
const LIMIT = 2_000;

/** Repeats for a number: 0 … 1 (Mulberry32, Ettinger 2017). */
function chance(seed: number): number {
  let a = (seed + 0x6d2b79f5) | 0;
  a = Math.imul(a ^ (a >>> 15), a | 1);
  a ^= a + Math.imul(a ^ (a >>> 7), a | 61);
  return ((a ^ (a >>> 14)) >>> 0) / 2 ** 32;
}

test(`an engine killed ${KILLS} times at random steps is noticed each time, and no edit is lost`, async ({
  window,
  shell,
}) => {
  test.setTimeout(60_000 + KILLS * 40_000);
  await window.openExample('digits-and-shapes');
  await window.nothingSelected();
  await window.setNumber('Epochs', 5_000);
  let slowest = 0;
  for (let kill = 1; kill <= KILLS; kill += 1) {
    await test.step(`kill ${kill}`, async () => {
      await expect(window.button('Train')).toBeEnabled({ timeout: 30_000 });
      await window.train();
      await expect(window.runState).toContainText('Training', { timeout: 30_000 });
      await expect.poll(() => window.reconstructionUpdates(), { timeout: 30_000 }).toBeGreaterThan(0);
      await window.page.waitForTimeout(Math.round(chance(kill) * 1_500));
      await window.nothingSelected();
      await window.setNumber('Code size', 3 + kill);
      const engines = await shell.engines();
      expect(engines).toHaveLength(1);
      const told = window.page.waitForFunction(
        () => document.body.textContent.includes('The engine stopped') && Date.now(),
        undefined,
        { polling: 20, timeout: 10_000 },
      );
      const at = Date.now();
      for (const engine of engines) process.kill(engine, 'SIGKILL');
      const after = Number(await (await told).jsonValue()) - at;
      slowest = Math.max(slowest, after);
      expect(after, 'milliseconds until the window told').toBeLessThanOrEqual(LIMIT);
      await expect(window.runState).toContainText(/Failed|stopped|lost/i);
      await window.select('dense-1');
      await expect(window.field('Units'), 'the drawing is edited on meanwhile').toBeEditable();
      await expect(window.node('code')).toContainText(String(3 + kill));
      await expect
        .poll(async () => (await shell.engines()).filter((pid) => engines.includes(pid)))
        .toEqual([]);
      await expect(window.page.getByText('has been restarted')).toBeVisible({ timeout: 20_000 });
      await window.button('Dismiss').click();
    });
  }
  await expect.poll(async () => (await shell.engines()).length, { timeout: 30_000 }).toBe(1);
  console.log(`engine killed ${KILLS} times: told after ${slowest} ms at most (limit ${LIMIT} ms)`);
});

test(`an app killed ${KILLS} times amid edits offers them back, two seconds old at most`, async ({
  start,
}) => {
  test.setTimeout(60_000 + KILLS * 30_000);
  let oldest = 0;
  let running = await start();
  for (let kill = 1; kill <= KILLS; kill += 1) {
    await test.step(`kill ${kill}`, async () => {
      const { window, shell } = running;
      if (kill === 1) {
        await window.emptyCanvas();
        await window.dragBlock('Add Dense to the encoder', 0.3, 0.3);
        await window.dragBlock('Add Code', 0.5, 0.3);
      }
      await window.select('code');
      const edits: { readonly size: number; readonly at: number }[] = [];
      const until = Date.now() + 2_500 + chance(100 + kill) * 2_000;
      for (let size = kill + 2; Date.now() < until; size += 1) {
        await window.setNumber('Size', size);
        edits.push({ size, at: Date.now() });
      }
      const killedAt = Date.now();
      // Throws where any of its processes lives on.
      await shell.kill();

      running = await start();
      const later = running.window;
      const offer = later.page.getByRole('dialog', { name: 'Recover unsaved changes?' });
      await expect(offer).toContainText('Untitled');
      await offer.getByRole('button', { name: 'Recover', exact: true }).click();
      await expect(later.page.getByText('not saved yet')).toBeVisible();
      await expect(later.node('dense-1')).toBeVisible();
      await later.select('code');
      const recovered = Number(await later.field('Size').inputValue());
      const lost = edits.find(({ size }) => size > recovered);
      expect(recovered, 'an edit of this round').toBeGreaterThanOrEqual(edits[0]?.size ?? Number.NaN);
      const age = lost ? killedAt - lost.at : 0;
      oldest = Math.max(oldest, age);
      expect(age, 'milliseconds of edits lost').toBeLessThanOrEqual(LIMIT);
    });
  }
  console.log(`app killed ${KILLS} times amid edits: ${oldest} ms of them lost at most (limit ${LIMIT} ms)`);
});
