// How the desktop shell's two programs are bundled: for a current Electron, and for the old one that only tests use.
import { join } from 'node:path';
import { root } from './terminal.mjs';

/** Names everything that the old Electron lacks; it is in no build but those for it. */
export const bridge = './app/electron/old-electron-bridge.ts';

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  external: ['electron'],
  sourcemap: true,
  logLevel: 'warning',
};

const main = { in: 'app/electron/main.ts', out: 'main' };
const preload = { in: 'app/electron/preload.ts', out: 'preload' };

/** What shared parts ask for as `import.meta.url`. */
const ownAddress = {
  define: { 'import.meta.url': 'ownAddress' },
  banner: { js: "const ownAddress = require('url').pathToFileURL(__filename).href;" },
};

// The Node of Electron 42, the first that fetches itself as ours does.
const current = { ...common, target: 'node24', outdir: join(root, 'dist/electron') };

/** For esbuild: the main program as users get it, in one file, so that an archive needs no packages for it. */
export const currentMain = { ...current, ...ownAddress, entryPoints: [main] };

/** For esbuild: the preload, which is sandboxed and finds no packages at all. */
export const currentPreload = { ...current, entryPoints: [preload] };

/** The old Electron's Node knows no `node:` prefix, and has not all modules that are asked for. */
const oldNodeModules = {
  name: 'old-node-modules',
  setup(build) {
    const bridged = new Set(['fs/promises', 'timers/promises', 'stream/promises', 'diagnostics_channel']);
    build.onResolve({ filter: /^(node:|(fs|timers|stream)\/promises$|diagnostics_channel$)/ }, ({ path }) => {
      const name = path.replace(/^node:/, '');
      return bridged.has(name) ? { path: name, namespace: 'bridged' } : { path: name, external: true };
    });
    build.onLoad({ filter: /.*/, namespace: 'bridged' }, ({ path }) => ({
      contents: `module.exports = require('${bridge}').nodeModule('${path}')`,
      resolveDir: root,
    }));
  },
};

const old = { ...common, target: 'node12.14', plugins: [oldNodeModules] };

/** A program's entry, run once the bridge is there. */
export function behindBridge(entry) {
  return {
    contents: `import '${bridge}';\nimport '${entry}';`,
    resolveDir: root,
    sourcefile: 'behind-bridge.ts',
  };
}

/** For esbuild: the main program out of the same sources, for Electron 9. */
export const oldMain = {
  ...old,
  ...ownAddress,
  stdin: behindBridge('./app/electron/main.ts'),
  outfile: join(root, 'dist/electron-9/dist/electron/main.cjs'),
  outExtension: undefined,
};

/** For esbuild: the preload for Electron 9. */
export const oldPreload = {
  ...old,
  stdin: behindBridge('./app/electron/preload.ts'),
  outfile: join(root, 'dist/electron-9/dist/electron/preload.cjs'),
  outExtension: undefined,
};
