// `npm start`: sets itself up, then opens the window; `npm start -- train FILE …` runs the command line instead.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkNode, ensureBuild, ensurePackages } from './setup.mjs';
import { root, run, say } from './terminal.mjs';

checkNode();
await ensurePackages();
await ensureBuild();

const args = process.argv.slice(2);
const program = args.length > 0 ? 'cli.mjs' : 'browser.mjs';
const child = spawn(process.execPath, [join(root, 'dist', program), ...args], {
  stdio: 'inherit',
  // npm runs this in the project's folder; paths the user gives are relative to where they are.
  cwd: process.env.INIT_CWD ?? process.cwd(),
});
// Ctrl+C reaches the child by the terminal; this process only waits for it to finish its own way.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (signal !== 'SIGINT') child.kill(signal);
  });
}
child.on('close', (code, signal) => {
  process.exit(signal ? 130 : (code ?? 1));
});

// The window is open on ONNX Runtime meanwhile. The command line fetches TensorFlow by itself, before it trains.
const binding = join(root, 'node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node');
if (program === 'browser.mjs' && !existsSync(binding) && !process.env.HOURGLASS_NO_DOWNLOAD) {
  say('Fetching TensorFlow in the background (about 274 MB, once; HOURGLASS_NO_DOWNLOAD=1 leaves it out) …');
  const { code } = await run(process.execPath, [join(root, 'dist/cli.mjs'), 'doctor', '--get'], {
    quiet: true,
  });
  say(
    code === 0
      ? 'TensorFlow is here now. It is used from the next start.'
      : 'TensorFlow could not be had; `npm start -- doctor --get` says why. ONNX Runtime goes on training.',
  );
}
