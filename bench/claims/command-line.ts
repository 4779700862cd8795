import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** Runs the command line as anyone would, and waits for its end. @returns what it printed, and the end of what it complained of */
export async function commandLine(
  root: string,
  args: readonly string[],
): Promise<{ readonly text: string; readonly errors: string }> {
  const program = [join(root, 'scripts', 'start.mjs'), ...args];
  const child = spawn(process.execPath, program, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let [text, errors] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors = (errors + chunk).slice(-2000);
  });
  await new Promise((resolve) => child.once('close', resolve));
  return { text, errors };
}
