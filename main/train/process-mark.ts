import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { platform } from 'node:process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { hasProcess } from './has-process';

/** A process, told apart from any other that gets its number later. */
export const processMarkSchema = z.object({
  pid: z.int().min(1),
  /** When it began, as the system says it; empty where it does not. */
  began: z.string(),
});

export type ProcessMark = z.infer<typeof processMarkSchema>;

/** Of this process. */
export async function ownMark(): Promise<ProcessMark> {
  return { pid: process.pid, began: (await beganOf(process.pid)) ?? '' };
}

/** Whether a process still runs. Where the system does not say when it began, its number alone counts. */
export async function isRunning({ pid, began }: ProcessMark): Promise<boolean> {
  if (!hasProcess(pid)) return false;
  const now = await beganOf(pid);
  // It ended meanwhile, or nothing is left of it but its number.
  if (now === null) return false;
  return began === '' || now === '' || now === began;
}

/** @returns null where there is no such process any more, or only what its parent has not taken note of; '' where it can't be known */
async function beganOf(pid: number): Promise<string | null> {
  try {
    if (platform === 'linux') return await beganOnLinux(pid);
    return platform === 'win32' ? await beganOnWindows(pid) : await beganByPs(pid);
  } catch (error) {
    const isGone = platform === 'linux' && error instanceof Error && 'code' in error;
    return isGone && (error.code === 'ENOENT' || error.code === 'ESRCH') ? null : '';
  }
}

/** proc(5): after the command in brackets come the state and, 19 fields on, ticks since the machine was started. */
async function beganOnLinux(pid: number): Promise<string | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return null;
  const start = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
  return `${start.trim()} ${fields[19]}`;
}

const run = promisify(execFile);

async function beganByPs(pid: number): Promise<string | null> {
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  const { stdout } = await run('ps', ['-o', 'state=,lstart=', '-p', String(pid)], { env });
  const [, state = '', began = ''] = /^\s*(\S+)\s+(.*\S)\s*$/.exec(stdout) ?? [];
  return state.startsWith('Z') ? null : began;
}

async function beganOnWindows(pid: number): Promise<string> {
  const asked = `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`;
  const args = ['-NoProfile', '-NonInteractive', '-Command', asked];
  const { stdout } = await run('powershell.exe', args, { windowsHide: true, timeout: 10_000 });
  return stdout.trim();
}
