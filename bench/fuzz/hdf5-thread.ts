import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { HDF5_LIMITS, type Hdf5Answer } from '../../main/hdf5/hdf5-content';
import { contentOf, type Hdf5Reader } from '../../main/hdf5/read-hdf5';
import { damaged } from '../../main/import/untrusted-config';

/** Files after which the thread is begun anew: what the library leaks, or spoils in its memory, is not carried on. */
const FILES = 200;

/**
 * Reads HDF5 files as `readHdf5` does, in a thread that lives for many of them: a thread a file takes longer to begin than to
 * read small ones. One that comes to no end is ended at the deadline, which counts as refused, as it does in the app.
 */
export class Hdf5Thread {
  #worker: Promise<Worker> | null = null;
  #files = 0;
  /** How many were ended at the deadline. */
  stopped = 0;

  /** @param milliseconds the deadline of a file */
  constructor(private readonly milliseconds: number) {}

  readonly read: Hdf5Reader = async (bytes, file, given) => {
    if (this.#files++ % FILES === 0) await this.end();
    this.#worker ??= begun();
    const worker = await this.#worker;
    const answer = await new Promise<Hdf5Answer | null>((resolve) => {
      const settle = (found: Hdf5Answer | null) => {
        clearTimeout(timer);
        worker.off('message', settle).off('exit', broken);
        resolve(found);
      };
      const broken = () => settle(null);
      const timer = setTimeout(broken, this.milliseconds);
      worker.on('message', settle).on('exit', broken);
      // A copy: a thread takes whole memories, and small arrays share one.
      worker.postMessage({ bytes: bytes.slice(), limits: { ...HDF5_LIMITS, ...given } });
    });
    if (answer) return contentOf(answer, file);
    this.stopped += 1;
    await this.end();
    throw damaged(file, 'reading it came to no end');
  };

  async end(): Promise<void> {
    const worker = await this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }
}

/** Where the built thread is: beside the built fuzzer, or where `cases.test.ts` builds it. */
function built(): URL {
  const beside = new URL('./hdf5-loop.mjs', import.meta.url);
  if (existsSync(fileURLToPath(beside))) return beside;
  const root = process.env.HOURGLASS_ROOT ?? process.cwd();
  return pathToFileURL(join(root, 'dist', 'fuzz', 'hdf5-loop.mjs'));
}

async function begun(): Promise<Worker> {
  const worker = new Worker(built());
  // What ends it while it has no file in hand: the next file finds out.
  worker.on('error', () => {});
  // The library is there: from now on time is a file's own.
  await once(worker, 'message');
  return worker;
}
