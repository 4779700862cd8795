// Builds dist/: the programs that run under Node and Electron with esbuild, the window with Vite.
import { join } from 'node:path';
import { build } from 'esbuild';
import { build as buildWindow } from 'vite';
import { currentMain, currentPreload } from './electron-programs.mjs';
import { enginePrograms, nodePrograms } from './node-programs.mjs';
import { root } from './terminal.mjs';
import { writeThirdPartyLicenses } from './third-party-licenses.mjs';

const programs = {
  cli: 'app/cli/main.ts',
  browser: 'app/browser/main.ts',
  'tensorflow-fetch': 'app/host/tensorflow-fetch-process.ts',
  ...enginePrograms,
};
const bundled = new Set();
const options = [
  { ...nodePrograms(programs, join(root, 'dist')), sourcemap: true },
  currentMain,
  currentPreload,
];
for (const one of options) {
  const { metafile } = await build({ ...one, metafile: true });
  for (const path of Object.keys(metafile.inputs)) bundled.add(path);
}

const noteModules = {
  name: 'note-modules',
  generateBundle() {
    for (const id of this.getModuleIds()) bundled.add(id.replace(/^\0|\?.*$/g, ''));
  },
};
await buildWindow({
  root: join(root, 'renderer'),
  configFile: join(root, 'renderer/vite.config.ts'),
  logLevel: 'warn',
  plugins: [noteModules],
});
writeThirdPartyLicenses(bundled);
