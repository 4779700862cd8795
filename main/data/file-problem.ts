import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';

/**
 * What the system said when a file was opened or read, as a Problem. Errors that are none of the system's
 * (Problems, cancellations, bugs) come back unchanged.
 */
export function fileProblem(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return error;
  const code = String(error.code);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new ProblemError(problem('DATA_PATH_MISSING', { path }));
  }
  return new ProblemError(problem('DATA_UNREADABLE', { path, reason: reasons[code] ?? code }));
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  EIO: 'the disk reported an error',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
};
