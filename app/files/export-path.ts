import { extname, isAbsolute, resolve } from 'node:path';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';

const ENDINGS = ['.npy', '.csv'];

/** The path of a file that numbers are exported into. @throws ProblemError where it is not absolute or not named like one */
export function exportPath(path: string, endings: readonly string[] = ENDINGS): string {
  // A zero byte ends a path for the system, so that what is checked would not be what is written.
  if (path.includes('\0') || !isAbsolute(path) || !endings.includes(extname(path).toLowerCase())) {
    throw new ProblemError(problem('EXPORT_NAME', { path, known: endings.join(' or ') }));
  }
  return resolve(path);
}
