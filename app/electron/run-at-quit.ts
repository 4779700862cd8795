import { join } from 'node:path';
import { dialog } from 'electron';
import type { Logger } from 'pino';
import type { CodeSweep } from '../host/code-sweep';
import type { RunKeeper } from '../host/run-keeper';
import type { AppWindows } from './app-windows';
import type { QuitQuestion } from './quit';
import type { RunWatch } from './run-watch';

interface RunAtQuitParts {
  readonly watch: RunWatch;
  readonly windows: AppWindows;
  readonly keeper: RunKeeper;
  /** It begins no further run when the app is to end. */
  readonly sweep: CodeSweep;
  readonly log: Logger;
  print(line: string): void;
}

/** Asks about a run that is going on when the app is to end; then stops it and keeps what came of it. */
export function runAtQuit({ watch, windows, keeper, sweep, log, print }: RunAtQuitParts): QuitQuestion {
  const ask = async (options: { message: string; detail: string; buttons: string[] }) => {
    const all = { type: 'question' as const, defaultId: 1, cancelId: 1, noLink: true, ...options };
    const parent = windows.all[0]?.window;
    const { response } = await (parent ? dialog.showMessageBox(parent, all) : dialog.showMessageBox(all));
    return response === 0;
  };
  const stopAndKeep = async () => {
    try {
      sweep.endAfterThis();
      const id = await watch.stopAndKeep((runId) => keeper.begin(runId));
      // One that took no step has left nothing.
      if (id !== null) print(`What came of the run is in ${join(keeper.runs.folder, id)}`);
      return true;
    } catch (error) {
      log.error({ err: error }, 'a run could not be kept');
      return ask({
        message: 'What came of the run could not be written.',
        detail: `${error instanceof Error ? error.message : String(error)} If you quit, its weights are lost.`,
        buttons: ['Quit all the same', 'Cancel'],
      });
    }
  };
  return {
    ask: async () => {
      await watch.lookAgain();
      if (!watch.isGoingOn) return async () => true;
      const agreed = await ask({
        message: 'A run is going on.',
        detail: `It ends with Hourglass. Its weights so far, its losses and a picture are written into a new folder in ${keeper.runs.folder}.`,
        buttons: ['Stop the run and quit', 'Cancel'],
      });
      return agreed ? stopAndKeep : null;
    },
  };
}
