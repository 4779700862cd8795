import { createHash } from 'node:crypto';
import { type FileHandle, link, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../../main/models/atomic-file';
import { isModelFile } from '../../main/models/model-stamp';
import { problem } from '../../shared/errors/catalogue';
import { fileProblem } from '../../shared/errors/file-problem';
import { ProblemError } from '../../shared/errors/problem';
import type { Backup } from '../../shared/ipc/backup-contract';
import type { CallResult } from '../../shared/ipc/contract';

export interface FileBackupsOptions {
  /** Made when it is first needed. */
  readonly folder: string;
  readonly rule?: Partial<BackupRule>;
}

type BackupRule = CallResult<'backups.list'>['rule'];

const RULE: BackupRule = { perFile: 10, drawingBytes: 200 * 1000 * 1000, modelBytes: 2 * 1000 * 1000 * 1000 };
/** In the folder of a file's backups: which file that is. */
const PLACE = 'file.json';
const placeSchema = z.object({ path: z.string() });
/** A backup's number, when it was made in milliseconds since 1970, and whether it carries weights. */
const NAME = /^(\d{6})-(\d{13})(-weights)?\.hourglass$/;

interface Found extends Backup {
  readonly file: string;
}

/**
 * What files held before they were saved over, numbered, each file's in a folder of its own in the app's data folder. They are kept
 * few so that no file costs another its backups:
 * - the newest ten of each file;
 * - 200 MB of drawings, and, apart from them, 2 GB of files with weights. Beyond that, those go first that have most newer ones
 *   of the same file, of these the oldest: each file's newest goes last;
 * - of files that are larger than that by themselves, the one backup that was made last, where it costs no copy.
 */
export class FileBackups {
  readonly #folder: string;
  readonly rule: BackupRule;
  /** The last change; the next one begins after it. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor({ folder, rule }: FileBackupsOptions) {
    this.#folder = folder;
    this.rule = { ...RULE, ...rule };
  }

  /** Keeps what a file holds now. Never rejects: a file is saved also where no backup can be made. */
  keep(path: string): Promise<void> {
    const turn = this.#turn.then(async () => {
      try {
        if (await this.#copy(path)) await this.#tidy();
      } catch {
        // No room, or no leave: the writing of the file itself will tell.
      }
    });
    this.#turn = turn;
    return turn;
  }

  async list(): Promise<CallResult<'backups.list'>> {
    await this.#turn;
    const backups = (await this.#all()).map(({ file: _, ...backup }) => backup);
    return { backups, rule: this.rule };
  }

  /**
   * Puts a backup in its file's place, whole or not at all; what the file held becomes a backup itself.
   *
   * @param replace has the file replaced, under the rules of every file
   * @returns the file's path
   * @throws ProblemError BACKUP_GONE, and what `replace` does
   */
  async restore(
    id: string,
    replace: (path: string, write: (target: string) => Promise<void>) => Promise<unknown>,
  ): Promise<{ readonly path: string }> {
    await this.#turn;
    const found = (await this.#all()).find((backup) => backup.id === id);
    if (!found) throw new ProblemError(problem('BACKUP_GONE', undefined));
    const { path, file } = found;
    // Opened before anything is replaced: keeping what the file holds may push this very backup out.
    const backup = await open(file, 'r').catch((error: unknown) => {
      throw fileProblem(error, file, 'read');
    });
    try {
      await replace(path, (target) => writeWhole(target, piecesOf(backup)));
    } finally {
      await backup.close();
    }
    return { path };
  }

  /** @returns whether there is one more */
  async #copy(path: string): Promise<boolean> {
    const { size } = await stat(path);
    if (size === 0) return false;
    const folder = join(this.#folder, createHash('sha256').update(path).digest('hex').slice(0, 32));
    const [newest] = await ofFolder(folder);
    if (newest && (await isSame(newest.file, path))) return false;
    // For the user's eyes only, as drafts are.
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (!newest) await writeWhole(join(folder, PLACE), JSON.stringify({ path }), { mode: 0o600 });
    const number = String((newest?.number ?? 0) + 1).padStart(6, '0');
    const weights = (await isModelFile(path)) ? '-weights' : '';
    const place = join(folder, `${number}-${Date.now()}${weights}.hourglass`);
    // A link costs nothing, and saving puts another file in the first one's place; on another disk it takes a copy.
    await link(path, place).catch(async (error: unknown) => {
      // Gigabytes are not copied at every save.
      if (size > this.rule.modelBytes) throw error;
      await copied(path, place);
    });
    return true;
  }

  async #tidy(): Promise<void> {
    const kept = keptBy(this.rule, await this.#all());
    for (const backup of await this.#all()) {
      if (!kept.has(backup.id)) await rm(backup.file, { force: true });
    }
  }

  /** The newest first. */
  async #all(): Promise<Found[]> {
    const folders = await readdir(this.#folder).catch(() => []);
    const found = await Promise.all(folders.map((name) => ofFolder(join(this.#folder, name))));
    return found.flat().sort((a, b) => b.when - a.when || b.number - a.number);
  }
}

/**
 * @param backups the newest first
 * @returns the ids of those that stay
 */
function keptBy(rule: BackupRule, backups: readonly Found[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  const ranked = backups.map((backup) => {
    const newer = counts.get(backup.path) ?? 0;
    counts.set(backup.path, newer + 1);
    return { backup, newer };
  });
  // Sorting leaves those of one rank in their order.
  const inOrder = ranked.filter(({ newer }) => newer < rule.perFile).sort((a, b) => a.newer - b.newer);
  const kept = new Set<string>();
  for (const weights of [false, true]) {
    const most = weights ? rule.modelBytes : rule.drawingBytes;
    let bytes = 0;
    let hasLarge = false;
    for (const { backup } of inOrder.filter((one) => one.backup.weights === weights)) {
      const isLarge = backup.bytes > most;
      if (isLarge ? hasLarge : bytes + backup.bytes > most) continue;
      if (isLarge) hasLarge = true;
      else bytes += backup.bytes;
      kept.add(backup.id);
    }
  }
  return kept;
}

async function copied(from: string, to: string): Promise<void> {
  const handle = await open(from, 'r');
  try {
    // Whole or not at all: half a file would be listed, and put back, as a backup.
    await writeWhole(to, piecesOf(handle), { mode: 0o600 });
  } finally {
    await handle.close();
  }
}

async function* piecesOf(handle: FileHandle): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafe(1024 * 1024);
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

/** Of one file, the newest first; what can't be read is left out. */
async function ofFolder(folder: string): Promise<Found[]> {
  const names = await readdir(folder).catch(() => []);
  const text = await readFile(join(folder, PLACE), 'utf8').catch(() => '');
  const place = placeSchema.safeParse(parsed(text));
  if (!place.success) return [];
  const { path } = place.data;
  const found: Found[] = [];
  for (const name of names) {
    const [, number, when, weights] = NAME.exec(name) ?? [];
    if (number === undefined || when === undefined) continue;
    const file = join(folder, name);
    const seen = await stat(file).catch(() => null);
    if (!seen) continue;
    const told = { path, number: Number(number), when: Number(when), weights: weights !== undefined };
    found.push({ ...told, id: `${folder.slice(-32)}/${name}`, bytes: seen.size, file });
  }
  return found.sort((a, b) => b.number - a.number);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Whether two files are one, or of the same size and time: what was saved over once need not be kept twice. */
async function isSame(a: string, b: string): Promise<boolean> {
  const [one, other] = [await stat(a), await stat(b)];
  return one.ino === other.ino && one.dev === other.dev && one.mtimeMs === other.mtimeMs;
}
