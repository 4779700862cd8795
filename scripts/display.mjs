// A display for programs that tests start: one of their own without a screen, so that no window opens on a desktop.
import { spawn } from 'node:child_process';
import { installDebianPackages } from './electron.mjs';

/** Whether windows can be opened where somebody sees them. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** @returns {Promise<{env: Record<string, string>, stop(): void} | {reason: string, cure: string}>} */
export async function displayForTests() {
  const nothing = { env: {}, stop: () => {} };
  if (process.platform !== 'linux') return nothing;
  const own = (await startXvfb()) ?? (hasDisplay() ? nothing : null);
  if (own) return own;
  await installDebianPackages(['xvfb']);
  return (
    (await startXvfb()) ?? {
      reason: 'there is no display, and Xvfb is not installed or does not start',
      cure: 'install Xvfb; on Debian: apt-get install xvfb',
    }
  );
}

/** @returns the display, or null where there is no Xvfb, or it does not start within ten seconds */
function startXvfb() {
  return new Promise((done) => {
    const args = ['-displayfd', '3', '-screen', '0', '1440x960x24', '-nolisten', 'tcp'];
    const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    const stop = () => server.kill();
    const impatience = setTimeout(stop, 10_000);
    let said = '';
    server.stdio[3].on('data', (text) => {
      said += text;
      if (!said.endsWith('\n')) return;
      clearTimeout(impatience);
      process.once('exit', stop);
      server.unref();
      server.stdio[3].unref();
      // Programs that know Wayland would go to the desktop.
      done({ env: { DISPLAY: `:${said.trim()}`, WAYLAND_DISPLAY: '' }, stop });
    });
    const failed = () => {
      clearTimeout(impatience);
      done(null);
    };
    server.once('error', failed);
    server.once('exit', failed);
  });
}
