// `npm run claims`: sets itself up, bundles the claims and checks them.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { enginePrograms, nodePrograms } from './node-programs.mjs';
import { checkNode, ensureBuild, ensurePackages } from './setup.mjs';
import { root } from './terminal.mjs';

checkNode();
await ensurePackages();
await ensureBuild();
const { build } = await import('esbuild');
const out = join(root, 'dist', 'claims');
const programs = {
  claims: 'bench/claims/claims.ts',
  'saving-child': 'bench/claims/saving-child.ts',
  'bomb-child': 'bench/claims/bomb-child.ts',
  // The threads that what is claimed about works in lie beside it.
  'hdf5-loop': 'bench/fuzz/hdf5-loop.ts',
  ...enginePrograms,
};
await build(nodePrograms(programs, out));
const child = spawn(process.execPath, [join(out, 'claims.mjs'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, HOURGLASS_ROOT: root },
});
child.on('close', (code) => {
  process.exitCode = code ?? 1;
});
