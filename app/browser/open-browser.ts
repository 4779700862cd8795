import { spawn } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether there is somebody in front of a display who would see a browser open. */
export function canOpenBrowser(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (env.HOURGLASS_NO_OPEN === '1' || !isTerminal) return false;
  const hasDisplay = Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
  return process.platform === 'darwin' || process.platform === 'win32' || hasDisplay;
}

/**
 * Opens the system's browser at an address that holds a token. What a command is given can be seen by every user of
 * the machine, so it is given a file that only this user may read, which leads on to the address.
 *
 * Does its best and never fails: the address is printed as well.
 */
export async function openBrowser(address: string): Promise<void> {
  try {
    const folder = await mkdtemp(join(tmpdir(), 'hourglass-'));
    const file = join(folder, 'open.html');
    const page = `<!doctype html><title>Hourglass</title><meta http-equiv="refresh" content="0;url=${address}">`;
    await writeFile(file, page, { mode: 0o600 });
    const [command, ...args] = openCommand(file);
    const child = spawn(command, args, { detached: true, stdio: 'ignore' });
    child.on('error', () => {});
    child.unref();
  } catch {
    // No room for the file, no such command.
  }
}

function openCommand(file: string): readonly [string, ...string[]] {
  if (process.platform === 'darwin') return ['open', file];
  if (process.platform === 'win32') return ['cmd', '/c', 'start', '', file];
  return ['xdg-open', file];
}
