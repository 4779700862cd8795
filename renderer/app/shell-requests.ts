import { Cancelled, ProblemError } from '../../shared/errors/problem';
import type { ShellRequest } from '../../shared/ipc/shell-schemas';
import { mayLeave, openPath } from '../files/file-actions';
import { askForOfferedFiles } from '../files/offered-files';
import { closeDraft } from '../files/recovery-draft';
import { openLink } from '../share/incoming-links';
import { shell } from '../shell/own-shell';
import { isDirty, useDocument } from '../state/document-store';
import { messageOf, tell } from '../state/messages';
import { useSession } from '../state/session-store';
import { t } from '../strings/strings';
import { runMenuItem } from './system-menus';

/** Does what the shell wants of this window, and tells it what is drawn here. Returns what ends it. */
export function followShell(): () => void {
  const cancel = new AbortController();
  const begin = () => {
    shownBefore = '';
    showDocument();
    shell.followRequests(onRequest, cancel.signal).catch((error: unknown) => {
      const lost = error instanceof ProblemError && error.problems[0].code === 'CONNECTION_LOST';
      if (!lost && !(error instanceof Cancelled)) tell(messageOf(error));
    });
  };
  const ends = [
    useSession.subscribe((next, before) => {
      if (next.connection === 'open' && before.connection !== 'open') begin();
    }),
    useDocument.subscribe(showDocument),
  ];
  if (useSession.getState().connection === 'open') begin();
  return () => {
    for (const end of ends) end();
    cancel.abort();
  };
}

let shownBefore = '';

function showDocument(): void {
  if (useSession.getState().connection !== 'open') return;
  const state = useDocument.getState();
  const path = state.file?.path ?? null;
  const edited = isDirty(state);
  const untouched = path === null && !edited && state.opened === 0 && state.history.past.length === 0;
  const shown = JSON.stringify([path, edited, untouched]);
  if (shown === shownBefore) return;
  shownBefore = shown;
  shell.showDocument(path, edited, untouched).catch(() => {
    // The connection is lost; it is told anew over the next one.
  });
}

function onRequest(request: ShellRequest): void {
  switch (request.kind) {
    case 'menu':
      runMenuItem(request.id);
      break;
    case 'open':
      void openPath(request.path);
      break;
    case 'openLink':
      void openLink(request.link);
      break;
    case 'recentChanged':
      void askForOfferedFiles();
      break;
    case 'mayClose':
      void answerMayClose(request.number);
      break;
    case 'closing':
      void answerClosing(request.number);
      break;
    case 'reloaded':
      tell({
        severity: 'warning',
        message: t('app.loadedAnew', { reason: request.reason }),
        hint: t('app.loadedAnewHint'),
      });
      break;
  }
}

async function answerMayClose(number: number): Promise<void> {
  // What is being typed counts.
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  await shell.answer(number, 'asking');
  await shell.answer(number, (await mayLeave()) ? 'yes' : 'no');
}

async function answerClosing(number: number): Promise<void> {
  await closeDraft();
  await shell.answer(number, 'yes');
}
