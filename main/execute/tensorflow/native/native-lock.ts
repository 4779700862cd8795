import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cancelled } from '../../../../shared/errors/problem';

/** How long a lock folder may lie without its owner's number before it counts as left behind. */
const UNSIGNED_AGE = 5000;

/**
 * Runs `work` while holding a lock folder, which only one process can create. A folder whose owner is dead is
 * taken over.
 * @param onWait called once where another process holds the lock.
 * @throws Cancelled where the signal fires while waiting.
 */
export async function withLock<T>(
  folder: string,
  work: () => Promise<T>,
  options: { onWait?: () => void; signal?: AbortSignal; pollEvery?: number } = {},
): Promise<T> {
  const owner = join(folder, 'owner');
  let told = false;
  while (!(await take(folder, owner))) {
    if (await abandoned(folder, owner)) {
      await rm(folder, { recursive: true, force: true });
      continue;
    }
    if (!told) options.onWait?.();
    told = true;
    if (options.signal?.aborted) throw new Cancelled();
    await sleep(options.pollEvery ?? 500);
  }
  try {
    return await work();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function take(folder: string, owner: string): Promise<boolean> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
  await writeFile(owner, String(process.pid));
  return true;
}

async function abandoned(folder: string, owner: string): Promise<boolean> {
  try {
    const pid = Number(await readFile(owner, 'utf8'));
    if (Number.isInteger(pid) && pid > 0) return !isAlive(pid);
  } catch {
    // Not signed yet, or just given back.
  }
  try {
    return Date.now() - (await stat(folder)).mtimeMs > UNSIGNED_AGE;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to someone else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
