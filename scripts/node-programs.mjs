// How the programs that run under Node are built: by `npm run build`, for the bench, and for tests of the engine.
import { root } from './terminal.mjs';

/** The engine's own process, and the threads that it starts beside itself. */
export const enginePrograms = {
  engine: 'main/engine/engine-process.ts',
  'pca-worker': 'main/pca/pca-worker.ts',
  'onnx-worker': 'main/execute/onnx/onnx-worker.ts',
};

/**
 * esbuild's options for programs that run under Node: ES modules (`.mjs`) that find their packages in node_modules.
 *
 * @param {Readonly<Record<string, string>>} programs their sources in the repository, by the names of what is built
 * @param {string} outdir the folder they are built into
 * @returns {import('esbuild').BuildOptions}
 */
export function nodePrograms(programs, outdir) {
  return {
    absWorkingDir: root,
    entryPoints: Object.entries(programs).map(([out, source]) => ({ in: source, out })),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    packages: 'external',
    logLevel: 'warning',
  };
}
