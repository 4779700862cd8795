import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Executor } from '../executor';

interface OnnxExecutorOptions {
  /** The built `onnx-worker.mjs`; where nothing is said, the one beside this (built) file. */
  readonly workerUrl?: URL;
}

/**
 * The executor on ONNX Runtime, whose native library is inside its npm package: a Program becomes one ONNX graph,
 * and a run of it one native call, or one in each of several threads.
 *
 * @throws Error where the package has no library for this system (Intel Macs).
 */
export async function createOnnxExecutor(options: OnnxExecutorOptions = {}): Promise<Executor> {
  const { env } = await import('onnxruntime-node');
  const { openOnnxSession } = await import('./onnx-session');
  const version = env.versions.node ?? env.versions.common;
  const threads = availableParallelism();
  const beside = options.workerUrl ?? new URL('./onnx-worker.mjs', import.meta.url);
  // Run from sources, as most tests are, there is no built thread: no batch is divided.
  const workerUrl = existsSync(fileURLToPath(beside)) ? beside : null;
  return {
    describe: () => ({ name: 'onnx', version, device: 'cpu', threads }),
    parts: workerUrl ? threads : 1,
    partsApart: true,
    load: (set, state, given = {}) =>
      openOnnxSession(set, state, { ...given, threads: given.threads ?? threads, workerUrl }),
  };
}
