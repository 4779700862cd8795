// Which shell `npm start` opens the window in: the desktop app wherever it can run, else a browser.
import { hasDisplay } from './display.mjs';
import { ensureElectron } from './electron.mjs';

const here = {
  hasDisplay,
  // Chromium's sandbox refuses root; without its sandbox the app is not what we vouch for.
  isRoot: () => process.platform === 'linux' && process.getuid?.() === 0,
  electron: ensureElectron,
};

/**
 * @param {Record<string, string | undefined>} env `HOURGLASS_SHELL=browser` asks for the browser, as do settings of its
 *   server
 * @param {typeof here} machine for tests
 * @returns {Promise<{electron: string} | {browser: string | null}>} the program, or why not in one line; null where the
 *   browser was asked for
 * @throws Error whose message is for the user
 */
export async function chooseShell(env, machine = here) {
  const wanted = env.HOURGLASS_SHELL;
  if (wanted !== undefined && wanted !== 'browser')
    throw new Error(`HOURGLASS_SHELL should be “browser”, or left out, but is “${wanted}”.`);
  if (wanted || env.HOURGLASS_PORT || env.HOURGLASS_NO_OPEN === '1') return { browser: null };
  // Asked before anything is fetched.
  if (!machine.hasDisplay()) return without('there is no display', 'start it where windows can be opened');
  if (machine.isRoot()) return without('its sandbox does not run as root', 'start it as another user');
  const found = await machine.electron();
  if ('reason' in found) return without(found.reason, found.cure);
  if (found.old) return without(`Electron ${found.version} is too old`, 'name a current Electron');
  return { electron: found.path };
}

function without(reason, cure) {
  return {
    browser: `Hourglass opens in a browser, not as a desktop app, because ${reason}. To change that, ${cure}.`,
  };
}

/** Milliseconds in which an Electron that can't run here ends. */
const SOON = 10_000;

/**
 * Whether an Electron's end says that it can't run on this machine at all (libraries, sandbox), rather than that it was
 * closed, or said itself what was wrong.
 * @param {{code: number | null, signal: string | null, afterMs: number}} end
 */
export function cannotRunHere({ code, signal, afterMs }) {
  if (afterMs > SOON) return false;
  // What the loader answers for missing libraries; how Chromium ends itself.
  return code === 127 || ['SIGTRAP', 'SIGABRT', 'SIGSEGV', 'SIGILL'].includes(signal ?? '');
}
