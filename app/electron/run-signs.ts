import { app, BrowserWindow, Notification, powerSaveBlocker } from 'electron';
import type { AppWindows } from './app-windows';
import { endNotice, isGoingOn, type RunProgress, taskBarOf } from './run-progress';

/** What the system is told of a run: the task bar's progress, that it must not sleep, and that the run has ended. */
export class RunSigns {
  readonly #windows: AppWindows;
  #shown = taskBarOf(null);
  #blocker: number | null = null;
  /** Kept while it is shown: one that is collected hears no click. */
  #notification: Notification | null = null;

  constructor(windows: AppWindows) {
    this.#windows = windows;
    // A failure is shown until somebody looks.
    app.on('browser-window-focus', () => {
      if (this.#shown.mode === 'error') this.#showTaskBar(null);
    });
    app.on('browser-window-created', (_, window) => {
      const { share, mode } = this.#shown;
      if (mode !== 'none') window.setProgressBar(share, { mode });
    });
  }

  show(progress: RunProgress, seconds: number): void {
    const isOver = !isGoingOn(progress);
    this.#showTaskBar(isOver && this.#windows.isFocused() ? null : progress);
    this.#keepAwake(!isOver && progress.phase !== 'paused');
    const notice = isOver && !this.#windows.isFocused() ? endNotice(progress, seconds) : null;
    if (notice && Notification.isSupported()) this.#notify(notice);
  }

  #showTaskBar(progress: RunProgress | null): void {
    const { share, mode } = taskBarOf(progress);
    if (share === this.#shown.share && mode === this.#shown.mode) return;
    this.#shown = { share, mode };
    for (const window of BrowserWindow.getAllWindows()) window.setProgressBar(share, { mode });
  }

  /** The screen may go dark; a run that is paused waits for its user. */
  #keepAwake(wanted: boolean): void {
    if (wanted && this.#blocker === null) {
      this.#blocker = powerSaveBlocker.start('prevent-app-suspension');
    } else if (!wanted && this.#blocker !== null) {
      powerSaveBlocker.stop(this.#blocker);
      this.#blocker = null;
    }
  }

  #notify(notice: { title: string; body: string }): void {
    const notification = new Notification(notice);
    notification.on('click', () => this.#windows.showLast());
    notification.show();
    this.#notification = notification;
    notification.once('close', () => {
      if (this.#notification === notification) this.#notification = null;
    });
  }
}
