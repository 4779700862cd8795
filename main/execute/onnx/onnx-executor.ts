import { availableParallelism } from 'node:os';
import type { Executor } from '../executor';

/**
 * The executor on ONNX Runtime, whose native library is inside its npm package: a Program becomes one ONNX graph,
 * and a run of it one native call.
 *
 * @throws Error where the package has no library for this system (Intel Macs).
 */
export async function createOnnxExecutor(): Promise<Executor> {
  // Its builds for Linux and Windows would report their use to their makers. Nothing leaves this machine.
  process.env.ORT_DISABLE_TELEMETRY = '1';
  const { env } = await import('onnxruntime-node');
  const { openOnnxSession } = await import('./onnx-session');
  const version = env.versions.node ?? env.versions.common;
  const threads = availableParallelism();
  return {
    describe: () => ({ name: 'onnx', version, device: 'cpu', threads }),
    // It runs node after node; its parallel mode was slower even on one batch (28,000 samples a second for 42,000).
    parts: 1,
    load: (set, state, options = {}) =>
      openOnnxSession(set, state, { ...options, threads: options.threads ?? threads }),
  };
}
