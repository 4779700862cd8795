import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { hasProcess } from '../train/has-process';

/** How the names of files begin that are being written beside their place. */
const BEING_WRITTEN = '.hourglass-saving-';
/** A folder may be shared between machines, on each of which processes have numbers of their own. */
const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
/** A file that another machine has not touched for so long is written by nobody any more. */
const FORSAKEN_MS = 24 * 60 * 60 * 1000;

/**
 * Writes a file whole or not at all: beside its place, flushed, renamed over it, and the folder flushed, so that the name
 * outlives a power cut too. Who may read it, and whose it is, stays as it was. Removes what earlier writings left that were
 * killed. Rejects with what the system refused; the file is then as it was.
 *
 * @param mode of a file that is not there yet
 */
export async function writeAtomically(
  path: string,
  write: (handle: FileHandle) => Promise<void>,
  mode = 0o666,
): Promise<void> {
  const folder = dirname(path);
  await removeForsaken(folder);
  const name = `${BEING_WRITTEN}${machine}-${process.pid}-${randomBytes(6).toString('hex')}`;
  const unfinished = join(folder, name);
  const before = await stat(path).catch(() => null);
  const handle = await open(unfinished, 'wx', mode);
  try {
    try {
      if (before) await likeBefore(handle, before);
      await write(handle);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    throw error;
  }
  await flushFolder(folder);
}

/**
 * The same for what is at hand, or made piece by piece. A link keeps being one.
 *
 * @param content written in its order; a piece is asked for when the one before it is written
 */
export async function writeWhole(
  path: string,
  content: string | Uint8Array | Iterable<string | Uint8Array> | AsyncIterable<Uint8Array>,
  { mode }: { readonly mode?: number } = {},
): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const pieces = typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
  await writeAtomically(
    target,
    async (handle) => {
      // Unlike `write`, it goes on where the system took only a part.
      for await (const piece of pieces) await handle.writeFile(piece);
    },
    mode,
  );
}

async function likeBefore(
  handle: FileHandle,
  { mode, uid, gid }: { readonly mode: number; readonly uid: number; readonly gid: number },
): Promise<void> {
  // Only the system's owner may give files away; whoever may not keeps it.
  if (process.getuid && process.getuid() !== uid) await handle.chown(uid, gid).catch(() => {});
  await handle.chmod(mode & 0o7777).catch(() => {});
}

/** Makes a new name in a folder outlive a power cut; some systems know no such thing. */
export async function flushFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!['EPERM', 'EACCES', 'EISDIR', 'EINVAL', 'ENOTSUP', 'EBADF'].includes(code)) throw error;
  }
}

/** Removes what was being written in a folder by processes that are no more. Never rejects: it can wait for the next time. */
export async function removeForsaken(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => each.startsWith(BEING_WRITTEN))) {
    const file = join(folder, name);
    const [its, pid] = name.slice(BEING_WRITTEN.length).split('-');
    const isLeft = its === machine ? !isRunning(Number(pid)) : await isOld(file);
    if (isLeft) await rm(file, { force: true }).catch(() => {});
  }
}

async function isOld(file: string): Promise<boolean> {
  const seen = await stat(file).catch(() => null);
  return seen !== null && Date.now() - seen.mtimeMs > FORSAKEN_MS;
}

function isRunning(pid: number): boolean {
  return Number.isInteger(pid) && pid >= 1 && hasProcess(pid);
}
