import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { loadBinding } from './load-binding';

const require = createRequire(import.meta.url);

/**
 * Loads the whole of tfjs-node (about a second), for what needs `tf.LayersModel`: measurements and tests that
 * compare with it. Training does not use it.
 *
 * @throws Error where the native runtime is absent.
 */
export async function loadTfjsNode(): Promise<typeof import('@tensorflow/tfjs-node')> {
  // tfjs runs one operation at a time, and so is at its best with every thread at it.
  process.env.TF_NUM_INTRAOP_THREADS ??= String(availableParallelism());
  // The binding first: it sets up the environment that TensorFlow reads while loading.
  loadBinding();
  restoreRemovedNodeFunctions();
  const tf: typeof import('@tensorflow/tfjs-node') = require('@tensorflow/tfjs-node');
  return tf;
}

/** tfjs-node 4.22 calls two functions of `util` that Node 23 removed. */
function restoreRemovedNodeFunctions(): void {
  const util: Record<string, unknown> = require('node:util');
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  util.isArray ??= Array.isArray;
}
