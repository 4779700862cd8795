import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { FILM_FILE, filmFrom } from '../../main/train/film-file';
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
import { historyFrom } from './kept-history';

export interface KeptRunsOptions {
  /** Runs are kept in its `runs`. */
  readonly parent: string | (() => string);
  /** How many without a star are kept at most; 50 by default. */
  readonly newest?: number;
  /** Bytes of all of them, beyond which the oldest without a star are removed; 4 GB by default. */
  readonly mostBytes?: number;
}

const NEWEST = 50;
const MOST_BYTES = 4 * 1024 ** 3;
const SUMMARY = 'summary.json';
const LABEL = 'label.json';
/** What is still being written, in this app or another, is left alone so long; older ones were left by a crash. */
const LEFT_BEHIND_MS = 24 * 60 * 60 * 1000;

/** The runs that were kept, each in a folder of its own: written by the engine, named, starred and removed by the user. */
export class KeptRuns {
  readonly #parent: () => string;
  readonly rule: { readonly newest: number; readonly bytes: number };
  readonly #listeners = new Set<() => void>();
  /** The last change; the next one begins after it. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor({ parent, newest = NEWEST, mostBytes = MOST_BYTES }: KeptRunsOptions) {
    this.#parent = typeof parent === 'string' ? () => parent : parent;
    this.rule = { newest, bytes: mostBytes };
  }

  get parent(): string {
    return this.#parent();
  }

  get folder(): string {
    return join(this.parent, 'runs');
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
    return { runs, passedOver, rule: this.rule, folder: this.folder };
  }

  /** @throws ProblemError where there is no such run, or what was kept of it can't be read */
  async open(id: string): Promise<CallResult<'runs.open'>> {
    const folder = this.folderOf(id);
    try {
      const run = await this.#read(id);
      const document = parseDocument(await readFile(join(folder, 'document.hourglass'), 'utf8'));
      const history = historyFrom(await readFile(join(folder, 'history.json'), 'utf8'));
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
        await writeFileAtomic(join(folder, LABEL), `${JSON.stringify(label)}\n`);
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
   * Removes the oldest runs without a star that are beyond the newest ones or beyond the room for all, never the newest
   * run of all; and what crashes have left. What can't be removed stays.
   */
  tidy(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#removeLeftBehind();
      const { runs } = await this.list();
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
          },
          () => {},
        );
      }
    });
  }

  async #removeLeftBehind(): Promise<void> {
    const names = await readdir(this.folder).catch(() => []);
    for (const name of names.filter((each) => each.startsWith(UNFINISHED_RUN))) {
      const path = join(this.folder, name);
      const age = await stat(path).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => 0,
      );
      if (age > LEFT_BEHIND_MS) await removed(path).catch(() => {});
    }
  }

  async #read(id: string): Promise<KeptRun> {
    if (!keptRunId.safeParse(id).success) throw new Error('its name is not that of a run');
    const folder = join(this.folder, id);
    const text = await readFile(join(folder, SUMMARY), 'utf8');
    const { format: _format, version: _version, ...summary } = runSummaryFileSchema.parse(JSON.parse(text));
    return { id, ...summary, ...(await readLabel(folder)) };
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

/** What the user said of a run; a label that can't be read says nothing. */
async function readLabel(folder: string): Promise<RunLabel> {
  try {
    return runLabelSchema.parse(JSON.parse(await readFile(join(folder, LABEL), 'utf8')));
  } catch {
    return { name: '', starred: false };
  }
}

async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
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
