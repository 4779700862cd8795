// Builds dist/electron-9: a whole app folder out of the same sources, for Electron 9 (Chromium 83, Node 12). Tests run it
// where no current Electron can be had; no user ever gets it.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { build as buildWindow } from 'vite';
import { behindBridge, bridge, oldMain, oldPreload } from './electron-programs.mjs';
import { enginePrograms, nodePrograms } from './node-programs.mjs';
import { root } from './terminal.mjs';

const app = join(root, 'dist/electron-9');

rmSync(app, { recursive: true, force: true });
mkdirSync(app, { recursive: true });
const { name, productName, desktopName, version, description, author, main } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);
const manifest = { name, productName, desktopName, version, description, author, main };
writeFileSync(join(app, 'package.json'), `${JSON.stringify(manifest)}\n`);
cpSync(join(root, 'examples'), join(app, 'examples'), { recursive: true });

await build(oldMain);
await build(oldPreload);
// The engine and what else runs beside it are in this machine's Node, but speak as in a utility process.
const programs = { ...enginePrograms, 'tensorflow-fetch': 'app/host/tensorflow-fetch-process.ts' };
for (const [name, source] of Object.entries(programs)) {
  await build({
    ...nodePrograms({}, join(app, 'dist')),
    entryPoints: undefined,
    outdir: undefined,
    outExtension: undefined,
    stdin: behindBridge(`./${source}`),
    outfile: join(app, `dist/${name}.mjs`),
  });
}

/** The window's own entry, behind the bridge. */
const bridgedWindow = {
  name: 'bridged-window',
  enforce: 'pre',
  transform(code, id) {
    if (id !== join(root, 'renderer/main.tsx')) return undefined;
    return { code: `import '${join(root, bridge)}';\n${code}`, map: null };
  },
};

await buildWindow({
  root: join(root, 'renderer'),
  configFile: join(root, 'renderer/vite.config.ts'),
  logLevel: 'warn',
  plugins: [bridgedWindow],
  build: {
    outDir: join(app, 'dist/window'),
    target: 'chrome83',
    cssTarget: 'chrome83',
    modulePreload: false,
  },
});
