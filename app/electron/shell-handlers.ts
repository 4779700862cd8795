import { shell } from 'electron';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { Handlers } from '../../shared/ipc/handlers';
import { following } from '../host/state-stream';
import type { AppWindow } from './app-window';
import type { AppWindows } from './app-windows';
import { askForFile } from './file-dialog';

interface ShellParts {
  readonly windows: AppWindows;
  readonly logFolder: string;
}

/** Adds what one window is answered by its shell. */
export function addShellHandlers(
  handlers: Handlers,
  own: AppWindow,
  { windows, logFolder }: ShellParts,
): Handlers {
  return handlers
    .onCall('shell.showMenus', ({ menus }) => {
      own.showMenus(menus);
      return {};
    })
    .onCall('shell.showDocument', (document) => {
      own.showDocument(document);
      return {};
    })
    .onCall('shell.askForFile', async (question) => ({ answer: await askForFile(own.window, question) }))
    .onCall('shell.showIfOpen', ({ path }) => ({ shown: windows.showIfOpen(path, own) }))
    .onCall('shell.openWindow', () => {
      windows.open();
      return {};
    })
    .onCall('shell.openLogFolder', async () => {
      const failure = await shell.openPath(logFolder);
      if (failure === '') return {};
      const values = { path: logFolder, action: 'open', reason: failure };
      throw new ProblemError(problem('FILE_UNREADABLE', values));
    })
    .onCall('shell.showInFolder', ({ path }) => {
      shell.showItemInFolder(path);
      return {};
    })
    .onCall('shell.answer', ({ number, answer }) => {
      own.questions.answer(number, answer);
      return {};
    })
    .onStream(
      'shell.requests',
      following((tell) => own.join(tell)),
    );
}
