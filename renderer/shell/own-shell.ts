import { browserShell } from './browser-shell';
import { desktopShell } from './desktop-shell';
import type { Shell } from './shell';

/** The shell of this window. */
export const shell: Shell = window.hourglass ? desktopShell(window.hourglass) : browserShell;
