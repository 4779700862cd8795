import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import envPaths from 'env-paths';

const require = createRequire(import.meta.url);

/** Where the parts of TensorFlow's native runtime lie. */
export interface NativePaths {
  /** The npm package `@tensorflow/tfjs-node`: the binding's sources and its installer. */
  readonly packageFolder: string;
  /** Whether that package is part of an installed app, which may lie where nobody may write. */
  readonly isInstalledApp: boolean;
  /** The shared libraries, which the binding finds by its rpath. */
  readonly depsFolder: string;
  readonly libFolder: string;
  readonly binding: string;
  /** On the same file system as the above: made whole here, then renamed in. */
  readonly workFolder: string;
  readonly lockFolder: string;
}

/** The Node-API level that tfjs-node's binding is built against (its package.json lists 3 to 8). */
export const NAPI_VERSION = 8;

/**
 * In the npm package itself; for an installed app, which its next version replaces whole, in the user's data folder.
 * @throws Error where the npm package is not installed.
 */
export function nativePaths(): NativePaths {
  return pathsFor(dirname(require.resolve('@tensorflow/tfjs-node/package.json')));
}

/** The places that go with a copy of the package at `packageFolder`. */
export function pathsFor(packageFolder: string): NativePaths {
  const isInstalledApp = packageFolder.includes(`${sep}app.asar.unpacked${sep}`);
  const home = isInstalledApp
    ? join(envPaths('hourglass', { suffix: '' }).data, 'tensorflow', 'tfjs-node')
    : packageFolder;
  return {
    packageFolder,
    isInstalledApp,
    depsFolder: join(home, 'deps'),
    libFolder: join(home, 'lib'),
    binding: bindingIn(home),
    workFolder: join(dirname(home), '.tfjs-node-work'),
    lockFolder: join(dirname(home), '.tfjs-node-lock'),
  };
}

/** Where the binding lies (or goes) in a copy of the package at `folder`. */
export function bindingIn(folder: string): string {
  return join(folder, 'lib', `napi-v${NAPI_VERSION}`, 'tfjs_binding.node');
}
