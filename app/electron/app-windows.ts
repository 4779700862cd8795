import { app, BrowserWindow, type WebContents } from 'electron';
import type { Logger } from 'pino';
import { AppWindow } from './app-window';
import { isSameFile } from './launch-files';
import { openWindow, type WindowOptions } from './open-window';
import { survivePageCrashes } from './page-crash';

/** Every window of the app. Each works on one drawing, and a file is open in one window only. */
export class AppWindows {
  readonly #options: WindowOptions;
  readonly #log: Logger;
  /** The one that had the focus last is first. */
  readonly #windows: AppWindow[] = [];

  constructor(options: WindowOptions, log: Logger) {
    this.#options = options;
    this.#log = log;
  }

  get all(): readonly AppWindow[] {
    return this.#windows;
  }

  of(contents: WebContents): AppWindow | undefined {
    return this.#windows.find(({ window }) => !window.isDestroyed() && window.webContents === contents);
  }

  isFocused(): boolean {
    return BrowserWindow.getFocusedWindow() !== null;
  }

  /** Opens one more window, a little beside the one that had the focus last. */
  open(): AppWindow {
    const last = this.#windows[0]?.window;
    const opened = new AppWindow(openWindow(this.#options, last && !last.isDestroyed() ? last : null));
    const { window } = opened;
    this.#windows.unshift(opened);
    window.on('focus', () => {
      this.#forget(opened);
      this.#windows.unshift(opened);
    });
    window.on('close', (event) => {
      if (opened.isLeaving) return;
      event.preventDefault();
      void this.#askToClose(opened);
    });
    window.once('closed', () => this.#forget(opened));
    survivePageCrashes(opened, this.#log);
    return opened;
  }

  /** Opens drawings, each in the window that has it, in one where nothing was done yet, or in one more. */
  openFiles(paths: readonly string[]): void {
    for (const path of paths) {
      const holder = this.#holderOf(path);
      if (holder) {
        holder.bringForward();
        continue;
      }
      this.#forNew().openFile(path);
    }
  }

  /** Opens the drawings of links, each in a window where nothing was done yet, or in one more: none takes another's place. */
  openLinks(links: readonly string[]): void {
    for (const link of links) this.#forNew().openLink(link);
  }

  /** A window where nothing was done yet, brought forward, or one more. */
  #forNew(): AppWindow {
    const free = this.#windows.find((window) => window.document.untouched && !window.isLeaving);
    free?.bringForward();
    return free ?? this.open();
  }

  /** Brings the window forward that was used last, or opens one. */
  showLast(): void {
    const [last] = this.#windows;
    if (last) last.bringForward();
    else this.open();
  }

  /** Brings a window other than `own` forward that has the file open. @returns whether there is one */
  showIfOpen(path: string, own: AppWindow): boolean {
    const holder = this.#holderOf(path);
    if (!holder || holder === own) return false;
    holder.bringForward();
    return true;
  }

  #holderOf(path: string): AppWindow | undefined {
    return this.#windows.find(
      ({ document, isLeaving }) => document.path !== null && !isLeaving && isSameFile(document.path, path),
    );
  }

  /** With its last window the app ends, but for macOS: what there is to ask then is more than the drawing. */
  async #askToClose(asked: AppWindow): Promise<void> {
    if (this.#windows.length === 1 && process.platform !== 'darwin') {
      app.quit();
      return;
    }
    if ((await asked.questions.ask('mayClose')) !== 'no') await asked.leave();
  }

  #forget(window: AppWindow): void {
    const at = this.#windows.indexOf(window);
    if (at >= 0) this.#windows.splice(at, 1);
  }
}
