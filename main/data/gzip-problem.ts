import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import { fileProblem } from './file-problem';
import { formatBytes } from './load-limits';

/** How far reading had come. */
interface ReadSoFar {
  /** Bytes of the file. */
  readonly offset: number;
  /** Bytes that came out of it, unpacked. */
  readonly unpacked: number;
}

/** How many times its size a gzipped file may unpack to, beyond `FREE` bytes: what is denser is made to fill memory. */
const [RATIO, FREE] = [100, 64 * 1024 ** 2];

/** @param packed the size of the file @param unpacked bytes that it holds, or says it holds @throws ProblemError GZIP_TOO_DENSE */
export function refuseDense(file: string, packed: number, unpacked: number): void {
  const limit = FREE + RATIO * packed;
  if (unpacked <= limit) return;
  const values = { file, packed: formatBytes(packed), limit: formatBytes(limit) };
  throw new ProblemError(problem('GZIP_TOO_DENSE', values));
}

/** What went wrong while a file, gzipped or not, was read, as a Problem; other errors come back unchanged. */
export function readingProblem(error: unknown, file: string, { offset, unpacked }: ReadSoFar): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'Z_BUF_ERROR') return new ProblemError(problem('GZIP_TRUNCATED', { file, offset, unpacked }));
  if (code.startsWith('Z_') || code === 'ERR_TRAILING_JUNK_AFTER_STREAM_END') {
    const reason = error instanceof Error ? error.message : code;
    return new ProblemError(problem('GZIP_DAMAGED', { file, reason, unpacked }));
  }
  return fileProblem(error, file);
}
