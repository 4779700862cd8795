import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Executor } from '../executor';
import { threadCount } from '../thread-count';

interface OnnxExecutorOptions {
  /** The built `onnx-worker.mjs`; where nothing is said, the one beside this (built) file. */
  readonly workerUrl?: URL;
}

/** The built thread; null where no batch is to be divided. */
function findWorker({ workerUrl }: OnnxExecutorOptions): URL | null {
  // On Windows a new thread does not inherit that denormal numbers are treated as 0 (see `openOnnxSession`), and one
  // slow thread would keep all others waiting.
  if (process.platform === 'win32' && process.arch === 'x64') return null;
  // Run from sources, as most tests are, there is none.
  const url = workerUrl ?? new URL('./onnx-worker.mjs', import.meta.url);
  return existsSync(fileURLToPath(url)) ? url : null;
}

/**
 * The executor on ONNX Runtime, whose native library is inside its npm package: a Program becomes one ONNX graph,
 * and a run of it one native call, or one in each of several threads.
 *
 * @throws Error where the package has no library for this system (Intel Macs).
 */
export async function createOnnxExecutor(options: OnnxExecutorOptions = {}): Promise<Executor> {
  // Its builds for Linux and Windows would report their use to their makers. Nothing leaves this machine.
  process.env.ORT_DISABLE_TELEMETRY = '1';
  const { env } = await import('onnxruntime-node');
  const { openOnnxSession } = await import('./onnx-session');
  const version = env.versions.node ?? env.versions.common;
  const threads = threadCount();
  const workerUrl = findWorker(options);
  return {
    describe: () => ({ name: 'onnx', version, device: 'cpu', threads }),
    parts: workerUrl ? threads : 1,
    partsApart: true,
    load: (set, state, given = {}) =>
      openOnnxSession(set, state, { ...given, threads: given.threads ?? threads, workerUrl }),
  };
}
