import { join, resolve } from 'node:path';
import { build } from 'esbuild';

export const repository = resolve(import.meta.dirname, '../..');

/** Builds the engine for a test, as `npm run build` does. @returns its entry */
export async function buildEngine(folder: string): Promise<string> {
  await build({
    absWorkingDir: repository,
    entryPoints: [
      { in: 'main/engine/engine-process.ts', out: 'engine' },
      { in: 'main/pca/pca-worker.ts', out: 'pca-worker' },
    ],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    packages: 'external',
    logLevel: 'warning',
  });
  return join(folder, 'engine.mjs');
}

/** A folder inside the repository, so that what is built there finds its packages. */
export function buildFolder(name: string): string {
  return join(repository, '.cache', `${name}-${process.pid}`);
}
