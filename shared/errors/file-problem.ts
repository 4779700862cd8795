import { problem } from './catalogue';
import { ProblemError } from './problem';

/** The Problem that a failure of the file system stands for. Problems stay as they are. */
export function fileProblem(error: unknown, path: string, action: 'read' | 'write' | 'list'): ProblemError {
  if (error instanceof ProblemError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOENT':
      return new ProblemError(problem('FILE_MISSING', { path }));
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new ProblemError(problem('FILE_PERMISSION', { path, action }));
    case 'ENOSPC':
    case 'EDQUOT':
      return new ProblemError(problem('DISK_FULL', { path }));
    case 'ENOTDIR':
      return new ProblemError(problem('FILE_NOT_REGULAR', { path, expected: 'a folder', got: 'a file' }));
    case 'EISDIR':
      return new ProblemError(problem('FILE_NOT_REGULAR', { path, expected: 'a file', got: 'a folder' }));
    default: {
      const reason = code || (error instanceof Error ? error.message : String(error));
      return new ProblemError(problem('FILE_UNREADABLE', { path, action, reason }));
    }
  }
}
