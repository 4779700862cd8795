import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './journey';

/** How many checkpoints there are of runs that have not ended. */
function checkpoints(folder: string): number {
  const runs = join(folder, '.hourglass', 'runs');
  if (!existsSync(runs)) return 0;
  const all = readdirSync(runs, { recursive: true, encoding: 'utf8' });
  return all.filter((path) => /\.writing-.*checkpoint-\d+\.safetensors$/.test(path)).length;
}

test('a run goes on after its engine was killed, and to its end', async ({ window, shell, folder }) => {
  const { page } = window;
  await window.openExample('digits-and-shapes');
  await window.nothingSelected();
  await window.setNumber('Epochs', 10);
  await window.train();
  await expect.poll(() => window.reconstructionUpdates(), { timeout: 30_000 }).toBeGreaterThan(0);
  // A pause keeps a checkpoint, however short the epochs are.
  await window.button('Pause').click();
  await expect(window.runState).toContainText('Paused');
  await expect.poll(() => checkpoints(folder), { timeout: 20_000 }).toBeGreaterThan(0);
  const step = await window.figure('Step');
  for (const engine of await shell.engines()) process.kill(engine, 'SIGKILL');

  const offer = page.getByRole('region', { name: 'Interrupted run' });
  await expect(offer).toContainText('was interrupted', { timeout: 20_000 });
  await expect(page.getByText(/and the run can go on/)).toBeVisible({ timeout: 20_000 });
  await offer.getByRole('button', { name: 'Go on', exact: true }).click();
  await expect(offer).toBeHidden();
  await expect(window.runState).toContainText(/Training|Completed/, { timeout: 30_000 });
  await expect.poll(() => window.figure('Step')).toBeGreaterThan(step);
  await expect(window.runState).toContainText('Completed', { timeout: 90_000 });
  await window.panel('Runs');
  const rows = page.getByRole('grid', { name: 'Kept runs' }).locator('tbody tr');
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText('10');
});

test('after the whole app was killed the next one offers the run: kept as it is, gone on with, deleted', async ({
  window,
  shell,
  start,
  folder,
}) => {
  await window.openExample('digits-and-shapes');
  await window.train();
  await expect.poll(() => window.reconstructionUpdates(), { timeout: 30_000 }).toBeGreaterThan(0);
  await window.button('Pause').click();
  await expect(window.runState).toContainText('Paused');
  await expect.poll(() => checkpoints(folder), { timeout: 20_000 }).toBeGreaterThan(0);
  await shell.kill();

  const next = await start();
  const offer = next.window.page.getByRole('region', { name: 'Interrupted run' });
  await expect(offer).toContainText('was interrupted', { timeout: 20_000 });
  await offer.getByRole('button', { name: 'Keep what there is' }).click();
  await expect(next.window.runState).toContainText('Stopped', { timeout: 30_000 });
  await expect(offer).toBeHidden();
  await next.window.panel('Runs');
  const rows = next.window.page.getByRole('grid', { name: 'Kept runs' }).locator('tbody tr');
  await expect(rows).toHaveCount(1);

  await test.step('what was kept is gone on with to its end, and deleted', async () => {
    await next.window.button('Go on').click();
    await expect(next.window.runState).toContainText(/Training|Completed/, { timeout: 30_000 });
    await expect(next.window.runState).toContainText('Completed', { timeout: 60_000 });
    await next.window.panel('Runs');
    await expect(rows).toHaveCount(1);
    await expect(next.window.button('Go on')).toHaveCount(0);
    await rows.first().click();
    await next.window.page.keyboard.press('Delete');
    await next.window.page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(rows).toHaveCount(0);
    expect(readdirSync(join(folder, '.hourglass', 'runs'))).toEqual([]);
  });
});
