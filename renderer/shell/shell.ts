import type { FileAnswer, FileQuestion, ShellMenu, ShellRequest } from '../../shared/ipc/shell-schemas';

/**
 * The program around the page, and what it does for it beside answering calls. Which that is, `own-shell.ts` alone
 * knows; everything else asks for what it needs.
 */
export interface Shell {
  /** Shows the menus of the window, with their keys; null where the page has a bar of its own. */
  readonly showMenus: ((menus: ShellMenu[]) => Promise<void>) | null;
  /** Asks in the system's own dialog; null where the page asks in one of its own. */
  readonly askForFile: ((question: FileQuestion) => Promise<FileAnswer>) | null;
  /** Shows the log in the system's file manager; null where that can't be done. */
  readonly openLogFolder: (() => Promise<void>) | null;
  /** Shows a file or folder in the system's file manager; null where that can't be done. */
  readonly showInFolder: ((path: string) => Promise<void>) | null;
  /** Whether keys reach the page that a browser keeps for itself. */
  readonly hasAllKeys: boolean;
  openWindow(): Promise<void>;
  /** Brings the other window forward in which this file is open. @returns whether there is one */
  showIfOpen(path: string): Promise<boolean>;
  showDocument(path: string | null, edited: boolean, untouched: boolean): Promise<void>;
  /** Where the drawing or other file that was dropped last lies; null where only its content can be had. */
  droppedPath(): string | null;
  /** What the shell wants of this page, until the connection or the signal ends it. */
  followRequests(onRequest: (request: ShellRequest) => void, signal: AbortSignal): Promise<void>;
  answer(number: number, answer: 'asking' | 'yes' | 'no'): Promise<void>;
}
