import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import { damaged } from '../import/untrusted-config';
import { HDF5_LIMITS, type Hdf5Answer, type Hdf5Content, type Hdf5Limits } from './hdf5-content';
import { walkHdf5 } from './walk-hdf5';

/**
 * Reads the arrays and texts of an HDF5 file, in a thread of its own that is ended where it takes too long.
 *
 * @param file for people
 * @param workerUrl the built `hdf5-worker.mjs`; where nothing is said, the one beside this (built) file
 * @throws ProblemError
 */
export async function readHdf5(
  bytes: Uint8Array,
  file: string,
  given: Partial<Hdf5Limits> = {},
  workerUrl = new URL('./hdf5-worker.mjs', import.meta.url),
): Promise<Hdf5Content> {
  const limits = { ...HDF5_LIMITS, ...given };
  // Run from sources, as tests are, there is no built thread.
  const answer = existsSync(fileURLToPath(workerUrl))
    ? await inThread(bytes, file, limits, workerUrl)
    : await walkHdf5(bytes, limits);
  return contentOf(answer, file);
}

/** How HDF5 files are read for importing: by a thread each, unless told otherwise. */
export type Hdf5Reader = (
  bytes: Uint8Array,
  file: string,
  limits: Partial<Hdf5Limits>,
) => Promise<Hdf5Content>;

/** @param file for people @throws ProblemError where the file was refused */
export function contentOf(answer: Hdf5Answer, file: string): Hdf5Content {
  if ('content' in answer) return answer.content;
  const { refusal } = answer;
  switch (refusal.kind) {
    case 'damaged':
      throw damaged(file, refusal.reason);
    case 'too-many':
      throw new ProblemError(
        problem('IMPORT_TOO_MANY', { file, what: 'groups and arrays', limit: refusal.limit }),
      );
    case 'too-large':
      throw new ProblemError(
        problem('IMPORT_TOO_LARGE', { file, what: 'The arrays', bytes: refusal.bytes, limit: refusal.limit }),
      );
  }
}

function inThread(bytes: Uint8Array, file: string, limits: Hdf5Limits, url: URL): Promise<Hdf5Answer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(url, { workerData: { bytes, limits } });
    const end = (settle: () => void) => {
      clearTimeout(timer);
      settle();
      // What it still says, ended or ending, is nobody's any more.
      void worker.terminate();
    };
    const timer = setTimeout(
      () => end(() => reject(damaged(file, 'reading it came to no end'))),
      limits.milliseconds,
    );
    worker.once('message', (answer: Hdf5Answer) => end(() => resolve(answer)));
    worker.once('error', (error) => end(() => reject(damaged(file, String(error).slice(0, 200)))));
    worker.once('exit', () => end(() => reject(damaged(file, 'reading it broke off'))));
  });
}
