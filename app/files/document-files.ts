import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, open, readdir, realpath, stat } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { isThere } from '../../main/data/is-there';
import { writeAtomically } from '../../main/models/atomic-file';
import { isModelFile, modelStamp } from '../../main/models/model-stamp';
import { problem } from '../../shared/errors/catalogue';
import { fileProblem } from '../../shared/errors/file-problem';
import { ProblemError } from '../../shared/errors/problem';
import type { CallParams, CallResult } from '../../shared/ipc/contract';
import { drawingTextIn } from '../../shared/sharing/drawing-picture';

type Listing = CallResult<'files.list'>;

/** Bounds of files and folders; tests take smaller ones. */
interface FileLimits {
  readonly documentBytes: number;
  readonly entries: number;
}

const LIMITS: FileLimits = { documentBytes: 64 * 1024 * 1024, entries: 20_000 };
/** Files looked at at a time. */
const AT_ONCE = 32;
const ENDINGS = ['.hourglass', '.json'];
/** A picture of a drawing, with the drawing inside. */
const PICTURE = '.png';

/**
 * What a folder holds: folders first, then files, each by name. Names that begin with a dot, what can't be looked at
 * (a link that leads nowhere or in a circle) and what is neither file nor folder are left out.
 *
 * @throws ProblemError where the folder is missing, is none, or may not be read
 */
export async function listFolder(path: string, limits = LIMITS): Promise<Listing> {
  const folder = resolve(path);
  try {
    const names = (await readdir(folder)).filter((name) => !name.startsWith('.')).slice(0, limits.entries);
    const entries: Listing['entries'] = [];
    for (let start = 0; start < names.length; start += AT_ONCE) {
      const looked = await Promise.all(
        names.slice(start, start + AT_ONCE).map((name) => entryOf(folder, name)),
      );
      entries.push(...looked.flat());
    }
    entries.sort((a, b) => (a.kind === b.kind ? compareNames(a.name, b.name) : a.kind === 'folder' ? -1 : 1));
    const parent = dirname(folder);
    return { path: folder, parent: parent === folder ? null : parent, entries };
  } catch (error) {
    throw fileProblem(error, folder, 'list');
  }
}

/**
 * The text of a drawing's file, or of the drawing inside a PNG, and the hash to give when it is written again.
 *
 * @throws ProblemError where it is missing, no file, too large, not UTF-8, not named like a drawing, or refused; where a picture is
 *   damaged or holds no drawing
 */
export async function readDocumentFile(path: string, limits = LIMITS): Promise<CallResult<'files.read'>> {
  const file = documentPath(path, [...ENDINGS, PICTURE]);
  const bytes = await readBounded(file, limits);
  if (extname(file).toLowerCase() === PICTURE) {
    return { path: file, text: drawingTextIn(bytes, file), hash: hashOf(bytes) };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { path: file, text, hash: hashOf(bytes) };
  } catch {
    throw new ProblemError(problem('FILE_NOT_TEXT', { path: file }));
  }
}

/**
 * Writes a drawing's file whole or not at all: beside it first, flushed, then renamed over it. A link keeps being one.
 *
 * @throws ProblemError FILE_CHANGED where the file no longer holds what `expectedHash` says; and where the disk is
 *   full, the folder is missing or may not be written, the name is not a drawing's, or the text is too long
 */
export async function writeDocumentFile(
  { path, text, expectedHash }: CallParams<'files.write'>,
  limits = LIMITS,
  keep?: Replacing['keep'],
): Promise<CallResult<'files.write'>> {
  const file = documentPath(path);
  const bytes = Buffer.from(text, 'utf8');
  tooLarge(file, bytes.length, limits);
  return replaceFile(file, { expectedHash, limits, keep }, async (target) => {
    await writeAtomically(target, (handle) => handle.writeFile(bytes));
    return hashOf(bytes);
  });
}

/** What is minded when a file is replaced. */
interface Replacing {
  /** What the file must still hold; null: whatever it holds, if it is there. */
  readonly expectedHash: string | null;
  readonly limits?: FileLimits;
  /** Given a file that is about to be replaced, to keep a copy of it. Must not reject. */
  readonly keep?: ((file: string) => Promise<void>) | undefined;
}

/**
 * Has a drawing's file replaced, text or model, unless it was changed meanwhile or is protected. Writes to one file wait for each
 * other.
 *
 * @param path as `documentPath` gives it
 * @param write writes to the place that a link leads to, whole or not at all; gives back the hash
 * @throws ProblemError as `writeDocumentFile`
 */
export function replaceFile(
  path: string,
  { expectedHash, limits = LIMITS, keep }: Replacing,
  write: (target: string) => Promise<string>,
): Promise<CallResult<'files.write'>> {
  return inTurn(path, async () => {
    if (expectedHash !== null && (await presentHash(path, limits)) !== expectedHash) {
      throw new ProblemError(problem('FILE_CHANGED', { path }));
    }
    try {
      const target = await realpath(path).catch(() => path);
      if (await isThere(target)) {
        // Renaming over a file needs no leave to write it: one that is protected is to stay as it is.
        await access(target, constants.W_OK);
        await keep?.(target);
      }
      return { path, hash: await write(target) };
    } catch (error) {
      throw fileProblem(error, path, 'write');
    }
  });
}

/** Writes to one file wait for each other, so that of two that expect the same hash only one finds it. */
const turns = new Map<string, Promise<unknown>>();

async function inTurn<T>(file: string, work: () => Promise<T>): Promise<T> {
  const turn = (turns.get(file) ?? Promise.resolve()).catch(() => {}).then(work);
  turns.set(file, turn);
  try {
    return await turn;
  } finally {
    if (turns.get(file) === turn) turns.delete(file);
  }
}

/** Empty where there is no such file: that is a change, too. */
async function presentHash(file: string, limits: FileLimits): Promise<string> {
  try {
    if (await isModel(file)) return await modelStamp(file);
    return hashOf(await readBounded(file, limits));
  } catch (error) {
    if (error instanceof ProblemError && error.problems[0].code === 'FILE_MISSING') return '';
    throw error;
  }
}

/** Reads no more than the limit, whatever the file says of its size. */
async function readBounded(file: string, limits: FileLimits): Promise<Buffer> {
  try {
    // A pipe would be waited for without end.
    const seen = await stat(file);
    if (!seen.isFile()) {
      const got = seen.isDirectory() ? 'a folder' : 'a device or pipe';
      throw new ProblemError(problem('FILE_NOT_REGULAR', { path: file, expected: 'a file', got }));
    }
    tooLarge(file, seen.size, limits);
    const handle = await open(file, 'r');
    try {
      const chunks: Buffer[] = [];
      let length = 0;
      for await (const chunk of handle.createReadStream({ autoClose: false })) {
        const part = Buffer.from(chunk);
        length += part.length;
        tooLarge(file, length, limits);
        chunks.push(part);
      }
      return Buffer.concat(chunks, length);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileProblem(error, file, 'read');
  }
}

function tooLarge(path: string, bytes: number, { documentBytes: limit }: FileLimits): void {
  if (bytes > limit) throw new ProblemError(problem('FILE_TOO_LARGE', { path, bytes, limit }));
}

/** Whether a file carries weights; false also where it is missing, no file, or may not be read, which reading it will say. */
export async function isModel(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile() && (await isModelFile(file));
  } catch {
    return false;
  }
}

/** The whole path of a drawing's file. @throws ProblemError FILE_NAME where it is not named like one */
export function documentPath(path: string, endings = ENDINGS): string {
  const file = resolve(path);
  // A zero byte ends a path for the system, so that what is checked would not be what is opened.
  if (path.includes('\0') || !endings.includes(extname(file).toLowerCase())) {
    throw new ProblemError(
      problem('FILE_NAME', { path, known: endings.map((ending) => `*${ending}`).join(', ') }),
    );
  }
  return file;
}

async function entryOf(folder: string, name: string): Promise<Listing['entries']> {
  const path = join(folder, name);
  try {
    const seen = await stat(path);
    if (!seen.isDirectory() && !seen.isFile()) return [];
    const kind = seen.isDirectory() ? 'folder' : 'file';
    return [{ name, path, kind, size: seen.size, modified: seen.mtimeMs }];
  } catch {
    return [];
  }
}

function compareNames(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true, sensitivity: 'base' });
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
