import { execFileSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** How long processes may take to end after the one that started them. */
const PATIENCE = 5_000;

/** All that a process started, and what these did. */
export function descendants(pid: number): Process[] {
  const all = running();
  const children = (parent: number): Process[] =>
    all.filter((process) => process.parent === parent).flatMap((child) => [child, ...children(child.pid)]);
  return children(pid);
}

/** Waits until processes have ended. @throws Error that names those that live on */
export async function ended(processes: readonly Process[]): Promise<void> {
  const began = Date.now();
  for (;;) {
    const alive = new Set(running().map(({ pid }) => pid));
    const left = processes.filter(({ pid }) => alive.has(pid));
    if (left.length === 0) return;
    if (Date.now() - began > PATIENCE)
      throw new Error(`Left behind:\n${left.map(({ pid, command }) => `${pid} ${command}`).join('\n')}`);
    await setTimeout(50);
  }
}

function running(): Process[] {
  const rows = execFileSync('ps', ['-e', '-ww', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' });
  return rows.split('\n').flatMap((row) => {
    const [, pid, parent, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(row) ?? [];
    // What has ended stays listed (Z) until its parent asks how.
    if (!command || state?.startsWith('Z')) return [];
    return [{ pid: Number(pid), parent: Number(parent), command }];
  });
}
