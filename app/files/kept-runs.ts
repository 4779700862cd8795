import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../../main/models/atomic-file';
import { CheckpointFolder } from '../../main/train/checkpoint-folder';
import { filmFrom } from '../../main/train/film-file';
import { CHECKPOINTS, DRAWING, FILM_FILE, HISTORY, LABEL, SUMMARY } from '../../main/train/run-files';
import { parseDocument } from '../../shared/document/document-text';
import { problem } from '../../shared/errors/catalogue';
import { fileProblem } from '../../shared/errors/file-problem';
import { ProblemError } from '../../shared/errors/problem';
import type { CallResult, Film } from '../../shared/ipc/contract';
import { keptRunId } from '../../shared/ipc/kept-run-id';
import {
  type KeptRun,
  type RunLabel,
  runLabelSchema,
  runSummaryFileSchema,
  UNFINISHED_RUN,
} from '../../shared/ipc/kept-run-schemas';
import type { Settings } from '../../shared/settings/settings';
import { unfinishedRuns } from './interrupted-runs';
import { historyFrom } from './kept-history';

export interface KeptRunsOptions {
  /** Runs are kept in its `runs`. */
  readonly parent: string | (() => string);
  /** Where they are kept elsewhere: the folder that has their folders in it. */
  readonly folder?: string;
  /** How many without a star are kept at most; 50 by default. */
  readonly newest?: number;
  /** How many completed runs without a star keep the checkpoint that they can be trained on from; 10 by default. */
  readonly checkpoints?: number;
  /** Bytes of all of them, beyond which the oldest without a star are removed; 4 GB by default. */
  readonly mostBytes?: number;
}

const NEWEST = 50;
/** Of completed runs: a checkpoint is as large as the weights and all that the optimizer keeps. */
const MOST_CHECKPOINTS = 10;
const MOST_BYTES = 4 * 1024 ** 3;
/** Of interrupted runs, the oldest beyond so many are removed. */
const INTERRUPTED = 10;
/** Milliseconds after which it is looked again whether a run of another app was interrupted. */
const LOOK_AGAIN = 3_000;

/** The runs that were kept, each in a folder of its own: written by the engine, named, starred and removed by the user. */
export class KeptRuns {
  readonly #parent: () => string;
  readonly #given: string | undefined;
  readonly rule: { readonly newest: number; readonly checkpoints: number; readonly bytes: number };
  readonly #listeners = new Set<() => void>();
  /** Ids of unfinished runs that this app has trained: what becomes of them is told. */
  readonly #own = new Set<string>();
  #lookingAgain: NodeJS.Timeout | null = null;
  /** The last change; the next one begins after it. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: KeptRunsOptions) {
    const {
      parent,
      folder,
      newest = NEWEST,
      checkpoints = MOST_CHECKPOINTS,
      mostBytes = MOST_BYTES,
    } = options;
    this.#given = folder;
    this.#parent = typeof parent === 'string' ? () => parent : parent;
    this.rule = { newest, checkpoints, bytes: mostBytes };
  }

  get parent(): string {
    return this.#parent();
  }

  get folder(): string {
    return this.#given ?? join(this.parent, 'runs');
  }

  /** Says that there are others now, such as those of another folder. */
  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Calls back when runs were named, starred or removed here. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** All runs, newest first, from their summaries alone. What can't be read is passed over, with the reason. */
  async list(): Promise<CallResult<'runs.list'>> {
    const names = (await readdir(this.folder).catch(() => [])).filter((name) => !name.startsWith('.'));
    const passedOver: { id: string; reason: string }[] = [];
    const found = await Promise.all(
      names.map((id) =>
        this.#read(id).catch((error: unknown) => {
          passedOver.push({ id, reason: error instanceof Error ? error.message : String(error) });
          return null;
        }),
      ),
    );
    const runs = found.flatMap((run) => run ?? []);
    runs.sort((a, b) => b.ended - a.ended || (a.id < b.id ? 1 : -1));
    const { interrupted, atWork } = await unfinishedRuns(this.folder);
    if (atWork.some((id) => !this.#own.has(id))) this.#lookAgain();
    return {
      ...{ runs, passedOver, atWork: [...atWork], interrupted: [...interrupted] },
      ...{ rule: this.rule, folder: this.folder },
    };
  }

  /** Says that this app trains a run, or does so no more: nobody else's processes need to be watched for it. */
  own(runId: string, isTrained: boolean): void {
    if (isTrained) this.#own.add(runId);
    else this.#own.delete(runId);
  }

  /** The folder of a run to go on with. */
  folderToGoOn(from: 'interrupted' | 'kept', id: string): string {
    return from === 'kept' ? this.folderOf(id) : this.#interruptedFolder(id);
  }

  /** Throws an interrupted run away. @throws ProblemError where somebody trains it, and where it may not */
  discard(id: string): Promise<void> {
    return this.#inTurn(async () => {
      const { atWork } = await unfinishedRuns(this.folder);
      const folder = this.#interruptedFolder(id);
      if (atWork.includes(id)) throw new ProblemError(problem('CHECKPOINT_TAKEN', { path: folder }));
      await removed(folder);
    });
  }

  #interruptedFolder(id: string): string {
    return join(this.folder, `${UNFINISHED_RUN}${keptRunId.parse(id)}`);
  }

  /** Has the runs listed again after a while: another app may have ended meanwhile, and left its run. */
  #lookAgain(): void {
    this.#lookingAgain ??= setTimeout(() => {
      this.#lookingAgain = null;
      this.changed();
    }, LOOK_AGAIN).unref();
  }

  /** @throws ProblemError where there is no such run, or what was kept of it can't be read */
  async open(id: string): Promise<CallResult<'runs.open'>> {
    const folder = this.folderOf(id);
    try {
      const run = await this.#read(id);
      const document = parseDocument(await readFile(join(folder, DRAWING), 'utf8'));
      const history = historyFrom(await readFile(join(folder, HISTORY), 'utf8'));
      return { run, folder, document: { ...document }, history };
    } catch (error) {
      throw damaged(error, folder);
    }
  }

  /** The run's film; null where none was kept. @throws ProblemError as `open` */
  async film(id: string): Promise<Film | null> {
    const path = join(this.folderOf(id), FILM_FILE);
    try {
      return filmFrom(await readFile(path));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw damaged(error, path);
    }
  }

  /** Names a run, or gives or takes its star. @throws ProblemError where there is no such run or it can't be written */
  label(id: string, change: Partial<RunLabel>): Promise<void> {
    return this.#inTurn(async () => {
      const folder = this.folderOf(id);
      try {
        await stat(join(folder, SUMMARY));
        const label = { ...(await readLabel(folder)), ...change };
        await writeWhole(join(folder, LABEL), `${JSON.stringify(label)}\n`);
      } catch (error) {
        throw fileProblem(error, folder, 'write');
      }
    });
  }

  /** Removes runs for good; one that is gone already is no reason to stop. @throws ProblemError where it may not */
  remove(ids: readonly string[]): Promise<void> {
    return this.#inTurn(async () => {
      for (const id of ids) await removed(this.folderOf(id));
    });
  }

  /**
   * Removes the checkpoints of all completed runs but the newest and those with a star; the oldest runs without a star that are beyond the newest ones or beyond the room for all, never the newest
   * run of all; what crashes have left that can't be gone on with; and the oldest of more than ten interrupted runs. What
   * can't be removed stays.
   *
   * @returns the ids of the runs that were removed
   */
  async tidy(): Promise<readonly string[]> {
    const gone: string[] = [];
    await this.#inTurn(async () => {
      gone.push(...(await this.#removeLeftBehind()));
      const { runs } = await this.list();
      await this.#removeCheckpoints(runs);
      const sizes = new Map<string, number>();
      for (const { id } of runs) sizes.set(id, await bytesIn(this.folderOf(id)));
      let all = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
      const plain = runs.filter(({ starred }) => !starred);
      for (let at = plain.length - 1; at >= 0; at--) {
        const run = plain[at];
        const isOver = at >= this.rule.newest || all > this.rule.bytes;
        if (!run || !isOver || run.id === runs[0]?.id) continue;
        await removed(this.folderOf(run.id)).then(
          () => {
            all -= sizes.get(run.id) ?? 0;
            gone.push(run.id);
          },
          () => {},
        );
      }
    });
    return gone;
  }

  /** Those of completed runs beyond the newest ones; what can't be removed stays. */
  async #removeCheckpoints(runs: readonly KeptRun[]): Promise<void> {
    const complete = runs.filter(({ ending, checkpoint }) => ending === 'completed' && checkpoint !== null);
    const surplus = complete.filter(({ starred }) => !starred).slice(this.rule.checkpoints);
    for (const { id } of surplus) {
      await new CheckpointFolder(join(this.folderOf(id), CHECKPOINTS)).clear().catch(() => {});
    }
  }

  /** What crashes have left that can't be gone on with, and the oldest of too many interrupted runs. */
  async #removeLeftBehind(): Promise<readonly string[]> {
    const { interrupted, leftBehind } = await unfinishedRuns(this.folder);
    const surplus = interrupted.slice(INTERRUPTED).map(({ id }) => this.#interruptedFolder(id));
    for (const path of [...leftBehind, ...surplus]) await removed(path).catch(() => {});
    return interrupted.slice(INTERRUPTED).map(({ id }) => id);
  }

  async #read(id: string): Promise<KeptRun> {
    if (!keptRunId.safeParse(id).success) throw new Error('its name is not that of a run');
    const folder = join(this.folder, id);
    const text = await readFile(join(folder, SUMMARY), 'utf8');
    const { format: _format, version: _version, ...summary } = runSummaryFileSchema.parse(JSON.parse(text));
    const newest = await new CheckpointFolder(join(folder, CHECKPOINTS)).newest().catch(() => null);
    const [checkpoint, checkpointBytes] = [newest?.step ?? null, newest?.bytes ?? 0];
    return { id, ...summary, ...(await readLabel(folder)), checkpoint, checkpointBytes };
  }

  /** Where a run lies. Ids come from windows; the contract lets none through that leads anywhere else. */
  folderOf(id: string): string {
    return join(this.folder, keptRunId.parse(id));
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.catch(() => {}).then(work);
    this.#turn = turn;
    return turn.finally(() => this.changed());
  }
}

/** Whose `runs` has the runs of the app: its data folder, or a folder of its own where the user chose one. */
export function runsParent(dataFolder: string, { runsFolder }: Pick<Settings, 'runsFolder'>): string {
  // Runs that are too many are removed from it.
  return runsFolder === null ? dataFolder : join(runsFolder, 'Hourglass');
}

/** What the user said of a run; a label that can't be read says nothing. */
async function readLabel(folder: string): Promise<RunLabel> {
  try {
    return runLabelSchema.parse(JSON.parse(await readFile(join(folder, LABEL), 'utf8')));
  } catch {
    return { name: '', starred: false };
  }
}

/** Of all files, those of folders in it among them. */
async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return bytesIn(path);
      return stat(path).then(
        ({ size }) => size,
        () => 0,
      );
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function removed(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true, maxRetries: 2 });
  } catch (error) {
    throw fileProblem(error, folder, 'write');
  }
}

function damaged(error: unknown, path: string): ProblemError {
  const isOfSystem = error instanceof Error && 'code' in error;
  if (isOfSystem) return fileProblem(error, path, 'read');
  const reason = error instanceof Error ? error.message : String(error);
  return new ProblemError(problem('KEPT_RUN_DAMAGED', { path, reason }));
}
