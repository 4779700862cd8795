import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CheckpointFolder } from '../../main/train/checkpoint-folder';
import { isRunning } from '../../main/train/process-mark';
import { CHECKPOINTS } from '../../main/train/run-files';
import { readUnfinished } from '../../main/train/unfinished-run';
import { type InterruptedRun, UNFINISHED_RUN } from '../../shared/ipc/kept-run-schemas';

/** What the folders of runs are that have not ended. */
export interface UnfinishedRuns {
  /** Those that nobody trains any more and that can be gone on with; the newest first. */
  readonly interrupted: readonly InterruptedRun[];
  /** Ids of those that a process trains, this app's or another's. */
  readonly atWork: readonly string[];
  /** Paths of what is of no use: a crash came before the first checkpoint. */
  readonly leftBehind: readonly string[];
}

/** So long a folder without a checkpoint is left alone: it may be being made. */
const LEFT_BEHIND_MS = 24 * 60 * 60 * 1000;

/** @param folder of all runs */
export async function unfinishedRuns(folder: string): Promise<UnfinishedRuns> {
  const names = await readdir(folder).catch(() => []);
  const interrupted: InterruptedRun[] = [];
  const [atWork, leftBehind]: [string[], string[]] = [[], []];
  for (const name of names.filter((each) => each.startsWith(UNFINISHED_RUN))) {
    const id = name.slice(UNFINISHED_RUN.length);
    const path = join(folder, name);
    const found = z.uuid().safeParse(id).success ? await interruptedRun(path, id) : null;
    if (found === 'at work') atWork.push(id);
    else if (found) interrupted.push(found);
    else if (await isOld(path)) leftBehind.push(path);
  }
  interrupted.sort((a, b) => b.saved - a.saved);
  return { interrupted, atWork, leftBehind };
}

/** @returns null where it can't be gone on with */
async function interruptedRun(path: string, id: string): Promise<InterruptedRun | 'at work' | null> {
  const told = await readUnfinished(path);
  if (!told) return null;
  if (told.holder && (await isRunning(told.holder))) return 'at work';
  const newest = await new CheckpointFolder(join(path, CHECKPOINTS)).newest().catch(() => null);
  if (!newest) return null;
  const { name, data, engine, epochs, stepsPerEpoch } = told;
  const { step, saved } = newest;
  return { id, name, data, engine, epochs: [Math.floor(step / stepsPerEpoch), epochs], step, saved };
}

async function isOld(path: string): Promise<boolean> {
  return stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs > LEFT_BEHIND_MS,
    () => false,
  );
}
