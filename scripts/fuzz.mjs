// `npm run fuzz -- --reader zip --minutes 10`: bundles the fuzzer and lets it loose on a reader of files.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { nodePrograms } from './node-programs.mjs';
import { checkNode, ensurePackages } from './setup.mjs';
import { root } from './terminal.mjs';

checkNode();
await ensurePackages();
const { build } = await import('esbuild');
const out = join(root, 'dist', 'fuzz');
// HDF5 is read in a thread, which is ended where the library comes to no end.
const programs = { fuzz: 'bench/fuzz/fuzz.ts', 'hdf5-loop': 'bench/fuzz/hdf5-loop.ts' };
await build(nodePrograms(programs, out));
const child = spawn(process.execPath, [join(out, 'fuzz.mjs'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, HOURGLASS_ROOT: root },
});
child.on('close', (code) => {
  process.exitCode = code ?? 1;
});
