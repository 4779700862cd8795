// Builds dist/: the programs that run under Node and Electron with esbuild, the window with Vite.
import { join } from 'node:path';
import { build } from 'esbuild';
import { build as buildWindow } from 'vite';
import { currentMain, currentPreload } from './electron-programs.mjs';
import { enginePrograms, nodePrograms } from './node-programs.mjs';
import { root } from './terminal.mjs';

const programs = {
  cli: 'app/cli/main.ts',
  browser: 'app/browser/main.ts',
  'tensorflow-fetch': 'app/host/tensorflow-fetch-process.ts',
  ...enginePrograms,
};
await build({ ...nodePrograms(programs, join(root, 'dist')), sourcemap: true });

await build(currentMain);
await build(currentPreload);

await buildWindow({
  root: join(root, 'renderer'),
  configFile: join(root, 'renderer/vite.config.ts'),
  logLevel: 'warn',
});
