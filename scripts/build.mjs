// Builds dist/: the programs that run under Node with esbuild, the window with Vite.
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { build as buildWindow } from 'vite';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const programs = {
  cli: 'app/cli/main.ts',
  browser: 'app/browser/main.ts',
  engine: 'main/engine/engine-process.ts',
  'pca-worker': 'main/pca/pca-worker.ts',
};

await build({
  absWorkingDir: root,
  entryPoints: Object.entries(programs).map(([out, source]) => ({ in: source, out })),
  outdir: join(root, 'dist'),
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
});

await buildWindow({
  root: join(root, 'renderer'),
  configFile: join(root, 'renderer/vite.config.ts'),
  logLevel: 'warn',
});
