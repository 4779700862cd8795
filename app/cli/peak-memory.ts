import { readFileSync } from 'node:fs';

/**
 * The most memory that this process has held at once, in bytes. Linux is asked for that of the program itself: the figure that
 * every system has counts that of the program which started it, too.
 */
export function peakMemory(): number {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    if (kilobytes !== undefined) return 1024 * Number(kilobytes);
  } catch {
    // Another system.
  }
  return 1024 * process.resourceUsage().maxRSS;
}
