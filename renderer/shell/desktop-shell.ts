import { call, follow } from '../state/session-store';
import type { Shell } from './shell';

/** The desktop app: its main process answers `shell.*`. */
export function desktopShell({ droppedPath }: NonNullable<Window['hourglass']>): Shell {
  return {
    showMenus: async (menus) => {
      await call('shell.showMenus', { menus });
    },
    askForFile: async (question) => (await call('shell.askForFile', question)).answer,
    openLogFolder: async () => {
      await call('shell.openLogFolder', {});
    },
    showInFolder: async (path) => {
      await call('shell.showInFolder', { path });
    },
    hasAllKeys: true,
    openWindow: async () => {
      await call('shell.openWindow', {});
    },
    showIfOpen: async (path) => (await call('shell.showIfOpen', { path })).shown,
    showDocument: async (path, edited, untouched) => {
      await call('shell.showDocument', { path, edited, untouched });
    },
    droppedPath,
    followRequests: (onRequest, signal) => follow('shell.requests', {}, onRequest, signal),
    answer: async (number, answer) => {
      await call('shell.answer', { number, answer });
    },
  };
}
