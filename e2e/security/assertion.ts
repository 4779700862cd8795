import type { ElectronApplication, Page } from '@playwright/test';

/** The app as it runs, and where it lies. */
export interface RunningApp {
  readonly electron: ElectronApplication;
  readonly page: Page;
  /** The app's folder: `package.json`, `dist/`. */
  readonly folder: string;
  /** Of the Electron it runs in. */
  readonly version: string;
  /**
   * Runs a function in the main process of another start of the app, to which no debugger is attached. It is taken as
   * text, so it sees nothing but what is global there and its argument.
   */
  inside<A, T>(work: (argument: A) => Promise<T>, argument: A): Promise<T>;
}

/** A change to one of the app's sources that takes a protection away. */
export interface Edit {
  /** In the repository; a page as it is built: `index.html`. */
  readonly file: string;
  /** Must stand there exactly once. */
  readonly from: string;
  readonly to: string;
}

/** One point of Electron's security checklist, as `check` finds it in the running app: it throws where it is not kept. */
export interface Assertion {
  /** Its place in the list. */
  readonly number: number;
  readonly title: string;
  readonly check: (app: RunningApp) => Promise<void>;
  /** What takes the protection away, so that `check` must fail: edits of its sources, or words of its command line. */
  readonly without: { readonly edits: readonly Edit[] } | { readonly args: readonly string[] };
}

/** A point that the Electron at hand cannot show. */
export interface ListedOnly {
  readonly number: number;
  readonly title: string;
  readonly because: string;
}
