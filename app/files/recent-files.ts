import { mkdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../../main/models/atomic-file';

const MOST = 10;

const keptSchema = z.object({ files: z.array(z.string()) });

export interface RecentFilesOptions {
  /** Whether a drawing is the app's own (an example), which is no file of the user's. */
  isOwn?(path: string): boolean;
  /** Told of each one that is put first: the system keeps a list, too. */
  onNote?(path: string): void;
}

/** The drawings that were last opened or saved, newest first, kept in one file of the app's. */
export class RecentFiles {
  readonly #file: string;
  readonly #options: RecentFilesOptions;
  /** The last change; the next one begins after it. */
  #turn: Promise<void> = Promise.resolve();

  /** @param file where the list is kept */
  constructor(file: string, options: RecentFilesOptions = {}) {
    this.#file = file;
    this.#options = options;
  }

  /** Puts a drawing first. A list that can't be written is no reason to refuse the drawing: nothing is thrown. */
  note(path: string): Promise<void> {
    if (this.#options.isOwn?.(path)) return this.#turn;
    this.#options.onNote?.(path);
    this.#turn = this.#turn.then(async () => {
      try {
        const files = [path, ...(await this.#read()).filter((other) => other !== path)].slice(0, MOST);
        await mkdir(dirname(this.#file), { recursive: true, mode: 0o700 });
        await writeWhole(this.#file, JSON.stringify({ files }), { mode: 0o600 });
      } catch {
        // The list stays as it was.
      }
    });
    return this.#turn;
  }

  /** At most ten, without those that are no longer there. */
  async list(): Promise<string[]> {
    await this.#turn;
    const files = await this.#read();
    const there = await Promise.all(
      files.map((path) =>
        stat(path).then(
          (seen) => seen.isFile(),
          () => false,
        ),
      ),
    );
    return files.filter((_, index) => there[index]);
  }

  async #read(): Promise<string[]> {
    try {
      return keptSchema.parse(JSON.parse(await readFile(this.#file, 'utf8'))).files;
    } catch {
      return [];
    }
  }
}
