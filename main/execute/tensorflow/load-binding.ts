import { createRequire } from 'node:module';
import type { TFJSBinding } from '@tensorflow/tfjs-node/dist/tfjs_binding';
import { setBindingEnvironment } from './native/binding-environment';
import { nativePaths } from './native/native-paths';

const require = createRequire(import.meta.url);

/** tfjs-node's native binding, and how many operations TensorFlow runs at once. */
export interface LoadedBinding {
  readonly binding: TFJSBinding;
  readonly threads: number;
}

let loaded: LoadedBinding | null = null;

/**
 * Loads tfjs-node's native binding into this process, once. Only the binding: tfjs itself (about a second, and a
 * message on the console) is not needed to run a graph. The number of threads is TF_NUM_INTEROP_THREADS, else
 * `threadCount`.
 *
 * @throws Error where the binding is absent or does not load.
 */
export function loadBinding(): LoadedBinding {
  loaded ??= load();
  return loaded;
}

function load(): LoadedBinding {
  setBindingEnvironment();
  const threads = Number(process.env.TF_NUM_INTEROP_THREADS) || 1;
  const binding: TFJSBinding = require(nativePaths().binding);
  return { binding, threads };
}
