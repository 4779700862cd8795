import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Cancelled } from '../../../../shared/errors/problem';

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly onLine?: (line: string) => void;
  readonly signal?: AbortSignal;
  /** Killed after so long, in milliseconds. */
  readonly limit: number;
  /** Called every second; answering true kills the command (nothing has moved for too long). */
  readonly stalled?: () => boolean;
}

export type CommandResult =
  | { readonly outcome: 'done'; readonly output: string }
  | { readonly outcome: 'failed' | 'timeout' | 'absent'; readonly output: string };

/** How much of a command's output is kept for a message: its end, in characters. */
const OUTPUT_KEPT = 4000;

/**
 * Runs a program to its end without a shell. Never rejects for what the program does; `absent` means that there
 * is no such program.
 * @throws Cancelled where the signal fires.
 */
export async function runCommand(
  program: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  if (options.signal?.aborted) throw new Cancelled();
  // A process group of its own, so that what the program started ends with it.
  const grouped = process.platform !== 'win32';
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: grouped,
    windowsHide: true,
  });
  let output = '';
  let ended: 'timeout' | 'cancelled' | null = null;
  const end = (why: 'timeout' | 'cancelled') => {
    ended ??= why;
    try {
      if (grouped && child.pid) process.kill(-child.pid, 'SIGKILL');
      else child.kill('SIGKILL');
    } catch {
      // It ended by itself meanwhile.
    }
  };
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      output = `${output}${line}\n`.slice(-OUTPUT_KEPT);
      options.onLine?.(line);
    });
  }
  const cancel = () => end('cancelled');
  options.signal?.addEventListener('abort', cancel);
  const limit = setTimeout(() => end('timeout'), options.limit);
  const watch = setInterval(() => options.stalled?.() && end('timeout'), 1000);
  try {
    const code = await new Promise<number | null | 'absent'>((resolve) => {
      child.once('error', () => resolve('absent'));
      child.once('close', (status) => resolve(status));
    });
    if (ended === 'cancelled') throw new Cancelled();
    if (ended === 'timeout') return { outcome: 'timeout', output };
    if (code === 'absent') return { outcome: 'absent', output };
    return { outcome: code === 0 ? 'done' : 'failed', output };
  } finally {
    clearTimeout(limit);
    clearInterval(watch);
    options.signal?.removeEventListener('abort', cancel);
  }
}
