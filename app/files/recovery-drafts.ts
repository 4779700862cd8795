import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../../main/models/atomic-file';
import { hasProcess } from '../../main/train/has-process';
import { problem } from '../../shared/errors/catalogue';
import { fileProblem } from '../../shared/errors/file-problem';
import { ProblemError } from '../../shared/errors/problem';
import type { CallParams, CallResult } from '../../shared/ipc/contract';
import { draftSchema } from '../../shared/ipc/draft-schema';

type Draft = CallParams<'drafts.keep'>;

export interface RecoveryDraftsOptions {
  /** Made when it is first needed. */
  readonly folder: string;
  /** Of one draft's text; the same as of a drawing's file. */
  readonly mostBytes?: number;
  /** Whether a process still runs; tests have their own. */
  readonly isAlive?: (pid: number) => boolean;
}

const ENDING = '.draft.json';
const MOST_BYTES = 64 * 1024 * 1024;

/** As it lies on disk: with the process whose window it belongs to. */
const keptSchema = draftSchema.extend({ pid: z.int() });

/**
 * Unsaved changes of every window, each in a file of its own in a folder of the app's, never beside the user's files.
 * A draft outlives the app until the user has said what is to become of it.
 */
export class RecoveryDrafts {
  readonly #options: RecoveryDraftsOptions;
  /** The last write or removal of each draft; the next one begins after it. */
  readonly #turns = new Map<string, Promise<void>>();

  constructor(options: RecoveryDraftsOptions) {
    this.#options = options;
  }

  /**
   * Keeps a draft in place of the one of the same id, whole or not at all, flushed to the disk.
   * @throws ProblemError where it is too long or can't be written
   */
  keep(draft: Draft): Promise<void> {
    const { folder, mostBytes = MOST_BYTES } = this.#options;
    const bytes = Buffer.byteLength(draft.text);
    const path = this.#pathOf(draft.id);
    if (bytes > mostBytes) {
      throw new ProblemError(problem('FILE_TOO_LARGE', { path, bytes, limit: mostBytes }));
    }
    return this.#inTurn(draft.id, async () => {
      try {
        // For the user's eyes only: what is drawn, and where their files lie.
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeWhole(path, JSON.stringify({ ...draft, pid: process.pid }), { mode: 0o600 });
      } catch (error) {
        throw fileProblem(error, path, 'write');
      }
    });
  }

  /** Throws a draft away; does nothing where there is none. */
  forget(id: string): Promise<void> {
    return this.#inTurn(id, () => rm(this.#pathOf(id), { force: true }));
  }

  /**
   * The drafts of windows of this app and of apps that have ended, newest first. Those of another app that still runs
   * are its own business. What can't be read is left out, and left where it is.
   */
  async list(): Promise<CallResult<'drafts.list'>> {
    const { folder, isAlive = hasProcess } = this.#options;
    const names = await readdir(folder).catch(() => []);
    const drafts: Draft[] = [];
    for (const name of names.filter((each) => each.endsWith(ENDING))) {
      const kept = await this.#read(join(folder, name));
      if (!kept || (kept.pid !== process.pid && isAlive(kept.pid))) continue;
      const { pid, ...draft } = kept;
      drafts.push(draft);
    }
    return { drafts: drafts.sort((a, b) => b.when - a.when) };
  }

  async #read(path: string): Promise<z.infer<typeof keptSchema> | null> {
    try {
      return keptSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    } catch {
      return null;
    }
  }

  #pathOf(id: string): string {
    return join(this.#options.folder, `${id}${ENDING}`);
  }

  #inTurn(id: string, work: () => Promise<void>): Promise<void> {
    const before = this.#turns.get(id) ?? Promise.resolve();
    const turn = before.catch(() => {}).then(work);
    this.#turns.set(id, turn);
    const settle = () => {
      if (this.#turns.get(id) === turn) this.#turns.delete(id);
    };
    turn.then(settle, settle);
    return turn;
  }
}
