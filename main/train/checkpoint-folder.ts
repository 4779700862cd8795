import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { fileProblem } from '../../shared/errors/file-problem';
import { type Problem, ProblemError } from '../../shared/errors/problem';
import { type Checkpoint, checkpointBytes, readCheckpoint } from './checkpoint';

/** How many are kept, so that one is left where the newest is damaged. */
const KEPT = 2;
const NAME = /^checkpoint-(\d{10})\.safetensors$/;

/** Where the checkpoints of a run lie, named by their steps. */
export class CheckpointFolder {
  constructor(readonly path: string) {}

  /**
   * Writes one beside its place, flushes it and renames it; then removes all but the newest two.
   *
   * @throws ProblemError where the system refuses or the disk is full; what was there stays then
   */
  async write(checkpoint: Checkpoint): Promise<void> {
    const step = String(checkpoint.progress.step).padStart(10, '0');
    const file = join(this.path, `checkpoint-${step}.safetensors`);
    const bytes = checkpointBytes(checkpoint);
    try {
      await mkdir(this.path, { recursive: true });
      await writeFileAtomic(file, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    } catch (error) {
      throw fileProblem(error, file, 'write');
    }
    const kept = new Set((await this.#names()).slice(0, KEPT));
    // What a process left that ended in the middle of writing goes too.
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
        return { checkpoint: readCheckpoint(await readFile(file), file), passedOver };
      } catch (error) {
        const { problems } = error instanceof ProblemError ? error : fileProblem(error, file, 'read');
        passedOver.push(problems[0]);
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

  /** Removes it with all that is in it. */
  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
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
