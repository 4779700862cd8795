import { mkdir, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { problem } from '../../shared/errors/catalogue';
import { fileProblem } from '../../shared/errors/file-problem';
import { type Problem, ProblemError } from '../../shared/errors/problem';
import { writeWhole } from '../models/atomic-file';
import { type Checkpoint, checkpointFrom, checkpointPieces } from './checkpoint';
import { readSafetensorsFile } from './read-safetensors-file';

/** How many are kept, so that one is left where the newest is damaged. */
const KEPT = 2;
const NAME = /^checkpoint-(\d{10})\.safetensors$/;

/** @throws ProblemError CHECKPOINT_DAMAGED where it is not whole, to the last bit, and what the system refuses */
async function checkpointIn(file: string): Promise<Checkpoint> {
  try {
    return await checkpointFrom(await readSafetensorsFile(file));
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new ProblemError(problem('CHECKPOINT_DAMAGED', { path: file, why }));
  }
}

/** Where the checkpoints of a run lie, named by their steps. */
export class CheckpointFolder {
  constructor(readonly path: string) {}

  /**
   * Writes one beside its place, flushes it and renames it; then removes all but it and the one before. Such of later steps go
   * too: the run went back behind them, as they are damaged, or are another run's.
   *
   * @throws ProblemError where the system refuses or the disk is full; what was there stays then
   */
  async write(checkpoint: Checkpoint): Promise<void> {
    const step = String(checkpoint.progress.step).padStart(10, '0');
    const file = join(this.path, `checkpoint-${step}.safetensors`);
    try {
      await mkdir(this.path, { recursive: true });
      await writeWhole(file, (await checkpointPieces(checkpoint)).pieces());
    } catch (error) {
      throw fileProblem(error, file, 'write');
    }
    const names = await this.#names();
    const kept = new Set(names.slice(names.indexOf(basename(file))).slice(0, KEPT));
    const left = (await readdir(this.path)).filter(
      (name) => name.startsWith('checkpoint-') && !kept.has(name),
    );
    for (const name of left) await rm(join(this.path, name), { force: true });
  }

  /**
   * The newest that is whole.
   *
   * @returns null where there is none, and what is wrong with each that was passed over
   * @throws ProblemError where the folder cannot be read
   */
  async latest(): Promise<{ checkpoint: Checkpoint | null; passedOver: readonly Problem[] }> {
    const passedOver: Problem[] = [];
    for (const name of await this.#names()) {
      const file = join(this.path, name);
      try {
        return { checkpoint: await checkpointIn(file), passedOver };
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        passedOver.push(error.problems[0]);
      }
    }
    return { checkpoint: null, passedOver };
  }

  /** What the newest says of itself without being read: the step it was made after, when, and how large it is. Null where there is none. */
  async newest(): Promise<{ readonly step: number; readonly saved: number; readonly bytes: number } | null> {
    const [name = ''] = await this.#names();
    const step = NAME.exec(name)?.[1];
    if (step === undefined) return null;
    const { mtimeMs, size } = await stat(join(this.path, name));
    return { step: Number(step), saved: mtimeMs, bytes: size };
  }

  /** Removes all but the newest: of a run that came to its end, one is enough. What the system refuses stays. */
  async keepNewest(): Promise<void> {
    const [, ...older] = await this.#names().catch(() => []);
    for (const name of older) await rm(join(this.path, name), { force: true }).catch(() => {});
  }

  /** Removes the checkpoints in it, and it where it is empty then: what else somebody put there stays. */
  async clear(): Promise<void> {
    for (const name of await this.#names()) await rm(join(this.path, name), { force: true });
    await rmdir(this.path).catch(() => {});
  }

  /** The newest first; none where there is no folder. */
  async #names(): Promise<string[]> {
    try {
      return (await readdir(this.path))
        .filter((name) => NAME.test(name))
        .sort()
        .reverse();
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw fileProblem(error, this.path, 'list');
    }
  }
}
