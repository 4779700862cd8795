// `npm run bench`: sets itself up, bundles the bench and runs it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { enginePrograms, nodePrograms } from './node-programs.mjs';
import { checkNode, ensureBuild, ensurePackages } from './setup.mjs';
import { root } from './terminal.mjs';

checkNode();
await ensurePackages();
await ensureBuild();
const { build } = await import('esbuild');
const out = join(root, 'dist', 'bench');
const programs = {
  bench: 'bench/bench.ts',
  hourglass: 'bench/engines/hourglass.ts',
  'layers-model': 'bench/engines/layers-model.ts',
  'onnx-worker': enginePrograms['onnx-worker'],
};
await build(nodePrograms(programs, out));
const child = spawn(process.execPath, [join(out, 'bench.mjs'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, HOURGLASS_ROOT: root },
});
child.on('close', (code) => {
  process.exitCode = code ?? 1;
});
