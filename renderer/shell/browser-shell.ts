import type { Shell } from './shell';

/** A browser: the page has menus and dialogs of its own, and each tab is on its own. */
export const browserShell: Shell = {
  showMenus: null,
  askForFile: null,
  openLogFolder: null,
  showInFolder: null,
  hasAllKeys: false,
  openWindow: async () => {
    // Without an opener a tab begins with a session storage of its own.
    window.open(window.location.origin, '_blank', 'noopener');
  },
  showIfOpen: async () => false,
  showDocument: async () => {},
  droppedPath: () => null,
  followRequests: async () => {},
  answer: async () => {},
};
