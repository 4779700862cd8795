import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * The drawings that a start of the app names: full paths, each once. Everything else on a command line is for Electron,
 * or for Chromium.
 */
export function launchFiles(args: readonly string[], workingFolder: string): string[] {
  const named = args.filter((arg) => !arg.startsWith('-') && arg.toLowerCase().endsWith('.hourglass'));
  return [...new Set(named.map((name) => resolve(workingFolder, name)))];
}

/** Whether two paths lead to one file, by whatever links; missing files are told apart by their paths. */
export function isSameFile(a: string, b: string): boolean {
  return a === b || realPath(a) === realPath(b);
}

function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
