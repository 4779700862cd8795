// How the set-up scripts talk and run commands. No dependencies: these run before anything is installed.
import { spawn } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** One line for the person at the terminal. Always stderr: stdout belongs to results. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Runs a command to its end with its stdout shown on stderr.
 * @returns {Promise<{code: number, output: string}>} `output` only where `quiet` is set; code 124 after `limitMs`.
 */
export function run(command, args, { env = {}, quiet = false, limitMs = 0, cwd = root } = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', process.stderr, process.stderr],
      // npm is a .cmd file on Windows, which only a shell starts; it would take “C:\Program Files” apart.
      shell: process.platform === 'win32' && !command.endsWith('.exe'),
    });
    let output = '';
    let late = false;
    child.stdout?.on('data', (text) => {
      output += text;
    });
    child.stderr?.on('data', (text) => {
      output += text;
    });
    const timer = limitMs
      ? setTimeout(() => {
          late = true;
          child.kill('SIGKILL');
        }, limitMs)
      : null;
    child.on('error', (error) => {
      if (timer) clearTimeout(timer);
      done({ code: 127, output: String(error.message) });
    });
    child.on('close', (code) => {
      if (timer) clearTimeout(timer);
      done({ code: late ? 124 : (code ?? 1), output });
    });
  });
}
