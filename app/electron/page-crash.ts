import { dialog } from 'electron';
import type { Logger } from 'pino';
import type { AppWindow } from './app-window';

/** Milliseconds within which a second crash is no accident: loading the page again would only crash it again. */
const SOON = 10_000;

/**
 * Loads a window's page anew when it crashed, and asks where that goes wrong or the page hangs. What was not saved is
 * kept aside, and offered by the page that comes.
 */
export function survivePageCrashes(appWindow: AppWindow, log: Logger): void {
  const { window } = appWindow;
  const { webContents } = window;
  let last = Number.NEGATIVE_INFINITY;
  let dismissed = false;
  let asking = false;

  const reload = (reason: string) => {
    appWindow.tellReloaded(reason);
    // Not in the midst of Chromium's own mourning.
    setImmediate(() => {
      if (!window.isDestroyed()) webContents.reload();
    });
  };
  const ask = async (message: string, detail: string, choices: readonly [string, string]) => {
    if (asking || window.isDestroyed()) return null;
    asking = true;
    const buttons = [...choices];
    const options = { type: 'warning' as const, message, detail, buttons, defaultId: 0, noLink: true };
    // Closing the question changes nothing about the window, or closes what is of no use any more.
    const { response } = await dialog.showMessageBox(window, { ...options, cancelId: 1 });
    asking = false;
    return window.isDestroyed() ? null : response;
  };

  webContents.on('render-process-gone', (_, { reason }) => {
    if (reason === 'clean-exit' || appWindow.isLeaving) return;
    log.error({ reason }, 'the page of a window is gone');
    const now = performance.now();
    const again = now - last < SOON;
    last = now;
    if (dismissed) {
      dismissed = false;
      reload('it did not answer');
    } else if (!again) {
      reload(reason);
    } else {
      const detail = 'Changes that were not saved are kept, and offered when the window opens again.';
      void ask('The window stopped twice within seconds.', detail, ['Reload', 'Close']).then((response) => {
        if (response === 0) reload(reason);
        else if (response === 1) void appWindow.leave();
      });
    }
  });
  window.on('unresponsive', () => {
    log.warn('the page of a window does not answer');
    const detail = 'Loading it anew keeps your drawing; a run goes on all the while.';
    void ask('The window does not answer.', detail, ['Load it anew', 'Wait']).then((response) => {
      if (response !== 0) return;
      // It would not hear a polite request.
      dismissed = true;
      webContents.forcefullyCrashRenderer();
    });
  });
}
