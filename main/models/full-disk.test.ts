import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../data/test-files';
import type { Checkpoint } from '../train/checkpoint';
import { CheckpointFolder } from '../train/checkpoint-folder';
import { CheckpointKeeper } from '../train/checkpoint-keeper';
import { progressAt } from '../train/fixtures/progress-at';
import { writeWhole } from './atomic-file';

const run = promisify(execFile);
const parent = await temporaryFolder();

/** Makes a disk of 1 MB. @returns whether this process may */
async function mounted(folder: string): Promise<boolean> {
  await mkdir(folder);
  return run('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).then(
    () => true,
    () => false,
  );
}

const trial = join(parent, 'trial');
const canMount = await mounted(trial);
if (canMount) await run('umount', [trial]);

describe.skipIf(!canMount)('a disk that is really full', () => {
  let folder: string;
  let tests = 0;
  beforeEach(async () => {
    tests += 1;
    folder = join(parent, `disk-${tests}`);
    await mounted(folder);
  });
  afterEach(() => run('umount', [folder]));

  const fill = (kilobytes: number) => writeFile(join(folder, 'filler'), Buffer.alloc(kilobytes * 1024));

  it('leaves a file as it was that would fit by half: the system writes that half without a word', async () => {
    const path = join(folder, 'file');
    await writeFile(path, 'before');
    await fill(600);
    await expect(writeWhole(path, Buffer.alloc(800 * 1024, 7))).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(await readFile(path, 'utf8')).toBe('before');
    expect((await readdir(folder)).sort()).toEqual(['file', 'filler']);
  });

  it('leaves checkpoints as they were, and takes new ones once there is room', async () => {
    const checkpoint = (step: number): Checkpoint => ({
      progress: progressAt(step),
      state: new Map([
        ['a/kernel', { dtype: 'float32', shape: [50_000], data: new Float32Array(50_000).fill(step) }],
      ]),
      bestState: null,
    });
    const checkpoints = new CheckpointFolder(join(folder, 'checkpoints'));
    await checkpoints.write(checkpoint(1));
    await checkpoints.write(checkpoint(2));
    await fill(500);
    await expect(checkpoints.write(checkpoint(3))).rejects.toMatchObject({
      problems: [{ code: 'DISK_FULL' }],
    });
    expect(await checkpoints.latest()).toEqual({ checkpoint: checkpoint(2), passedOver: [] });
    expect(await readdir(checkpoints.path)).toHaveLength(2);
    const told: string[] = [];
    const keeper = new CheckpointKeeper({
      losses: () => ({}),
      onFailure: ({ code }) => told.push(code),
      onRecovery: () => told.push('recovered'),
    });
    keeper.folder = checkpoints;
    const keep = (step: number) => keeper.keep(async () => checkpoint(step), 'rest');
    for (const step of [3, 4]) await keep(step);
    expect(told).toEqual(['DISK_FULL']);
    await rm(join(folder, 'filler'));
    await keep(5);
    expect((await checkpoints.latest()).checkpoint).toEqual(checkpoint(5));
    await fill(500);
    await keep(6);
    expect(told).toEqual(['DISK_FULL', 'recovered', 'DISK_FULL']);
  });
});
