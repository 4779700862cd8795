import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cancelled } from '../../../../shared/errors/problem';
import { withLock } from './native-lock';
import { runCommand } from './run-command';

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hourglass-lock-'));
  lock = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('withLock', () => {
  it('lets one in at a time, and tells the one that waits', async () => {
    let inside = 0;
    let most = 0;
    let waits = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await sleep(30);
      inside--;
    };
    const options = { pollEvery: 5, onWait: () => waits++ };
    await Promise.all([
      withLock(lock, work, options),
      withLock(lock, work, options),
      withLock(lock, work, options),
    ]);
    expect(most).toBe(1);
    expect(waits).toBe(2);
    expect(existsSync(lock)).toBe(false);
  });

  it('is given back when the work fails', async () => {
    await expect(withLock(lock, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(existsSync(lock)).toBe(false);
  });

  it('is taken over from a process that has died', async () => {
    const dead = await runCommand(process.execPath, ['-p', 'process.pid'], { limit: 10_000 });
    mkdirSync(lock);
    writeFileSync(join(lock, 'owner'), dead.output.trim());
    expect(await withLock(lock, async () => 'mine', { pollEvery: 5 })).toBe('mine');
  });

  it('stops waiting when called off', async () => {
    mkdirSync(lock);
    writeFileSync(join(lock, 'owner'), String(process.pid));
    const signal = AbortSignal.timeout(40);
    await expect(withLock(lock, async () => 'mine', { pollEvery: 5, signal })).rejects.toThrow(Cancelled);
    expect(existsSync(lock)).toBe(true);
  });
});
