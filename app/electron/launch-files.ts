import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LINK_SCHEME } from '../../shared/sharing/drawing-link';

/**
 * The drawings that a start of the app names: full paths, each once. Everything else on a command line is for Electron,
 * or for Chromium.
 */
export function launchFiles(args: readonly string[], workingFolder: string): string[] {
  const named = args.filter(
    (arg) => !arg.startsWith('-') && !isAppLink(arg) && arg.toLowerCase().endsWith('.hourglass'),
  );
  return [...new Set(named.flatMap((name) => pathOf(name, workingFolder)))];
}

/** The links to drawings that a start of the app names, as they came: whoever wrote them, the page reads them. */
export function launchLinks(args: readonly string[]): string[] {
  return args.filter((arg) => isAppLink(arg) && arg.length <= LONGEST_LINK);
}

/** Longer than any link that is read (`shared/sharing/drawing-link.ts`). */
const LONGEST_LINK = 32_767;

function isAppLink(arg: string): boolean {
  return arg.slice(0, LINK_SCHEME.length + 1).toLowerCase() === `${LINK_SCHEME}:`;
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
