// `npm start`: sets itself up, then opens the window; `npm start -- train FILE …` runs the command line instead.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { checkNode, ensureBuild, ensurePackages } from './setup.mjs';
import { root } from './terminal.mjs';

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
