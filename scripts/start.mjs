// `npm start`: sets itself up, then opens the window; `npm start -- train FILE …` runs the command line instead.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { checkNode, ensureBuild, ensurePackages } from './setup.mjs';
import { cannotRunHere, chooseShell } from './shell-choice.mjs';
import { root, say } from './terminal.mjs';

checkNode();
await ensurePackages();
await ensureBuild();

const args = process.argv.slice(2);
if (args.length > 0) await endAs(runNode('cli.mjs', args));

const shell = await chooseShell(process.env).catch((error) => {
  say(error.message);
  process.exit(1);
});
if ('electron' in shell) {
  const end = await run(shell.electron, [root]);
  if (!cannotRunHere(end)) await endAs(end);
  const how = end.signal ?? `exit ${end.code}`;
  say(
    `Hourglass opens in a browser, because the desktop app ended at once (${how}): why, it says above. HOURGLASS_SHELL=browser chooses that.`,
  );
} else if (shell.browser) {
  say(shell.browser);
}
await endAs(runNode('browser.mjs', []));

function runNode(program, given) {
  return run(process.execPath, [join(root, 'dist', program), ...given]);
}

/** @returns {Promise<{code: number | null, signal: string | null, afterMs: number}>} how it ended */
function run(command, given) {
  const began = Date.now();
  const env = { ...process.env };
  // Terminals within Electron apps set it, and Electron would be a Node.
  delete env.ELECTRON_RUN_AS_NODE;
  const child = spawn(command, given, {
    stdio: 'inherit',
    env,
    // npm runs this in the project's folder; paths the user gives are relative to where they are.
    cwd: process.env.INIT_CWD ?? process.cwd(),
  });
  // Ctrl+C reaches the child by the terminal; this process only waits for it to finish its own way.
  const passOn = (signal) => {
    if (signal !== 'SIGINT') child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, passOn);
  return new Promise((done) => {
    const end = (code, signal) => {
      for (const name of signals) process.off(name, passOn);
      done({ code, signal, afterMs: Date.now() - began });
    };
    child.once('error', () => end(127, null));
    child.once('close', end);
  });
}

async function endAs(ending) {
  const { code, signal } = await ending;
  process.exit(signal ? 130 : (code ?? 1));
}
