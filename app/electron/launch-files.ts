import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The drawings that a start of the app names: full paths, each once. Everything else on a command line is for Electron,
 * or for Chromium.
 */
export function launchFiles(args: readonly string[], workingFolder: string): string[] {
  const named = args.filter((arg) => !arg.startsWith('-') && arg.toLowerCase().endsWith('.hourglass'));
  return [...new Set(named.flatMap((name) => pathOf(name, workingFolder)))];
}

/** Linux desktops hand over addresses (`file:///…`); one that leads to no place on this machine is none. */
function pathOf(name: string, workingFolder: string): string[] {
  if (!/^file:/i.test(name)) return [resolve(workingFolder, name)];
  try {
    return [fileURLToPath(name)];
  } catch {
    return [];
  }
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
