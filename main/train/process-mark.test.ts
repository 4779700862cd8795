import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { isRunning, ownMark } from './process-mark';

it('tells a process that runs from one that ended and from one that has its number now', async () => {
  const own = await ownMark();
  expect(await isRunning(own)).toBe(true);
  expect(await isRunning({ ...own, began: `${own.began} once` })).toBe(false);
  // Where the system does not say when one began.
  expect(await isRunning({ ...own, began: '' })).toBe(true);
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
  const pid = child.pid ?? 0;
  expect(await isRunning({ pid, began: '' })).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await isRunning({ pid, began: '' })).toBe(false);
});
