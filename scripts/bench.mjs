// `npm run bench`: sets itself up, bundles the bench and runs it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { checkNode, ensureBuild, ensurePackages } from './setup.mjs';
import { root } from './terminal.mjs';

checkNode();
await ensurePackages();
await ensureBuild();
const { build } = await import('esbuild');
const out = join(root, 'dist', 'bench');
await build({
  absWorkingDir: root,
  entryPoints: [
    { in: 'bench/bench.ts', out: 'bench' },
    { in: 'bench/engines/hourglass.ts', out: 'hourglass' },
    { in: 'bench/engines/layers-model.ts', out: 'layers-model' },
  ],
  outdir: out,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  packages: 'external',
  logLevel: 'warning',
});
const child = spawn(process.execPath, [join(out, 'bench.mjs'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, HOURGLASS_ROOT: root },
});
child.on('close', (code) => {
  process.exitCode = code ?? 1;
});
