import { join, sep } from 'node:path';
import { expect, it } from 'vitest';
import { nativePaths, pathsFor } from './native-paths';

it('keeps the runtime in the npm package, where that was installed by npm', () => {
  const paths = nativePaths();
  expect(paths.isInstalledApp).toBe(false);
  expect(paths.binding).toBe(join(paths.packageFolder, 'lib', 'napi-v8', 'tfjs_binding.node'));
});

it('keeps it in the user’s data folder for an installed app, whose own folder may be read-only', () => {
  const app = ['', 'opt', 'Hourglass', 'resources', 'app.asar.unpacked'].join(sep);
  const paths = pathsFor(join(app, 'node_modules', '@tensorflow', 'tfjs-node'));
  expect(paths.isInstalledApp).toBe(true);
  for (const path of [paths.binding, paths.depsFolder, paths.libFolder, paths.workFolder, paths.lockFolder]) {
    expect(path.startsWith(app)).toBe(false);
    expect(path).toContain('hourglass');
  }
});
