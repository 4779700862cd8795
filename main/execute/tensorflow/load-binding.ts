import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import type { TFJSBinding } from '@tensorflow/tfjs-node/dist/tfjs_binding';
import { nativePaths } from './native/native-paths';

const require = createRequire(import.meta.url);

/** tfjs-node's native binding, and how many threads TensorFlow was told to use. */
export interface LoadedBinding {
  readonly binding: TFJSBinding;
  readonly threads: number;
}

let loaded: LoadedBinding | null = null;

/**
 * Loads tfjs-node's native binding into this process, once. Only the binding: tfjs itself (about a second, and a
 * message on the console) is not needed to run a graph. What TensorFlow reads from the environment while loading
 * is set here unless it is set already; the number of threads is TF_NUM_INTRAOP_THREADS, else every core.
 *
 * @throws Error where the binding is absent or does not load.
 */
export function loadBinding(): LoadedBinding {
  loaded ??= load();
  return loaded;
}

function load(): LoadedBinding {
  const env = process.env;
  env.TF_CPP_MIN_LOG_LEVEL ??= '3';
  // TensorFlow uses oneDNN's kernels by itself only where the processor has AVX-512 VNNI; without it too, training
  // a convolutional model was 12% faster with them (AVX2, two cores).
  env.TF_ENABLE_ONEDNN_OPTS ??= '1';
  const threads = Number(env.TF_NUM_INTRAOP_THREADS) || availableParallelism();
  const binding: TFJSBinding = require(nativePaths().binding);
  return { binding, threads };
}
