// How the programs that run under Node are built: by `npm run build`, for the bench, and for tests of the engine.
import { root } from './terminal.mjs';

/** The engine's own process, and the threads that it starts beside itself. */
export const enginePrograms = {
  engine: 'main/engine/engine-process.ts',
  'pca-worker': 'main/pca/pca-worker.ts',
  'code-worker': 'main/codes/code-worker.ts',
  'hdf5-worker': 'main/hdf5/hdf5-worker.ts',
  'onnx-worker': 'main/execute/onnx/onnx-worker.ts',
  'layers-model-worker': 'main/export/layers-model/layers-model-worker.ts',
};

/**
 * Packages with native parts, which no bundle can hold: programs find them in node_modules. And the HDF5 library, 4 MB
 * that few need.
 */
const native = ['onnxruntime-node', 'sharp', '@tensorflow/tfjs-node', 'h5wasm'];

/**
 * esbuild's options for programs that run under Node: ES modules (`.mjs`) with every package in them but the native
 * ones. So a program starts sooner, and the packaged app carries few packages.
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
    external: native,
    alias: { 'buffer-crc32': './main/models/native-crc32.ts' },
    // What bundled CommonJS packages find around themselves. The banner's name must be none that a program has itself.
    define: { __filename: 'import.meta.filename', __dirname: 'import.meta.dirname' },
    banner: {
      js: [
        "import { createRequire as requireBeside } from 'node:module';",
        'const require = requireBeside(import.meta.url);',
      ].join('\n'),
    },
    logLevel: 'warning',
  };
}
