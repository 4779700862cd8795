import { app } from 'electron';
import type { AppWindows } from './app-windows';

/** What else has to be asked before the app ends. */
export interface QuitQuestion {
  /** @returns what is to be done before the app ends and whether it may then; null where the user wants to stay */
  ask(): Promise<(() => Promise<boolean>) | null>;
}

/**
 * Lets the app end only when every window may close: each with changes asks, and “Cancel” ends the quitting. Nothing is
 * given up before all have agreed.
 */
export function askBeforeQuitting(windows: AppWindows, other: QuitQuestion): void {
  let agreed = false;
  let asking = false;

  const mayEnd = async () => {
    const act = await other.ask();
    if (!act) return false;
    for (const window of [...windows.all]) {
      if (window.isLeaving) continue;
      if (window.document.edited) window.bringForward();
      if ((await window.questions.ask('mayClose')) === 'no') return false;
    }
    return act();
  };
  app.on('before-quit', (event) => {
    if (agreed) return;
    event.preventDefault();
    if (asking) {
      // The question that is open may have been overlooked.
      windows.showLast();
      return;
    }
    asking = true;
    void mayEnd()
      .then(async (may) => {
        if (!may) return;
        agreed = true;
        await Promise.all([...windows.all].map((window) => window.leave()));
        app.quit();
      })
      .finally(() => {
        asking = false;
      });
  });
}
