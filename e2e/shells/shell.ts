import type { Page } from '@playwright/test';
import type { SystemSide } from '../pages/system-side';

/** A running app, in whichever shell. */
export interface Shell {
  /** The page of the window that the app opened first. */
  readonly page: Page;
  /** What the system shows in the page's place; null where the page shows all itself. */
  readonly system: SystemSide | null;
  /** The process ids of its engine, of which there is one unless it is being started anew. */
  engines(): Promise<number[]>;
  /** Ends it as its user does. */
  quit(): Promise<void>;
  /** Ends the process that began it, at once. @throws Error where any other of its processes lives on */
  kill(): Promise<void>;
}

/** Starts the app in one shell. */
export interface Launcher {
  /**
   * @param folder what the app keeps (unsaved changes, recent files, the window's place) is kept in here: an app that is
   *   started again in the same folder finds it
   */
  start(folder: string): Promise<Shell>;
  /** Ends what was started for all of its apps. */
  close(): Promise<void>;
}
