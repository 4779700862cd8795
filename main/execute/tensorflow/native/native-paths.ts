import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** Where the parts of TensorFlow's native runtime lie. */
export interface NativePaths {
  /** The npm package `@tensorflow/tfjs-node`. */
  readonly packageFolder: string;
  /** The shared libraries, which the binding finds by its rpath. */
  readonly depsFolder: string;
  readonly libFolder: string;
  readonly binding: string;
  /** Beside the package, on the same file system: made whole here, then renamed in. */
  readonly workFolder: string;
  readonly lockFolder: string;
}

/** The Node-API level that tfjs-node's binding is built against (its package.json lists 3 to 8). */
export const NAPI_VERSION = 8;

/** @throws Error where the npm package is not installed. */
export function nativePaths(): NativePaths {
  return pathsFor(dirname(require.resolve('@tensorflow/tfjs-node/package.json')));
}

function pathsFor(packageFolder: string): NativePaths {
  const scope = dirname(packageFolder);
  return {
    packageFolder,
    depsFolder: join(packageFolder, 'deps'),
    libFolder: join(packageFolder, 'lib'),
    binding: bindingIn(packageFolder),
    workFolder: join(scope, '.tfjs-node-work'),
    lockFolder: join(scope, '.tfjs-node-lock'),
  };
}

/** Where the binding lies (or goes) in a copy of the package at `folder`. */
export function bindingIn(folder: string): string {
  return join(folder, 'lib', `napi-v${NAPI_VERSION}`, 'tfjs_binding.node');
}
