import { documentFrom } from '../../shared/document/document-text';
import type { CallParams, CallResult, InterruptedRun } from '../../shared/ipc/contract';
import { showTab } from '../app/layout-store';
import { baseFolder } from '../files/base-folder';
import { rebased } from '../files/file-actions';
import { askToChoose } from '../files/file-dialogs';
import { runState } from '../run/run-actions';
import { followRun, showRefused, showStarting, useRun } from '../run/run-store';
import { useStart } from '../start/start-store';
import { currentDocument, openDocument } from '../state/document-store';
import { messageOf, tell } from '../state/messages';
import { call, useSession } from '../state/session-store';
import { t } from '../strings/strings';
import { offerAgain, putOff } from './runs-store';

/** Goes on with a run in place of the last one, which stays kept; or keeps what there is of it. */
export async function goOn(order: CallParams<'runs.goOn'>): Promise<void> {
  if (runState() !== 'idle') return;
  const before = useRun.getState();
  showTab('run');
  showStarting(currentDocument());
  // What it is offered by goes at once.
  putOff(order.id);
  try {
    const begun = await call('runs.goOn', order);
    for (const damaged of begun.passedOver) tell({ ...damaged, severity: 'warning' });
    useSession.setState({ engineDeath: null });
    await followRun(begun.runId, drawingOf(begun));
  } catch (error) {
    offerAgain(order.id);
    showRefused(before, error);
  }
}

/** What is trained, on the canvas where nothing is there yet. */
function drawingOf({ document, folder }: CallResult<'runs.goOn'>) {
  const isCanvasFree = useStart.getState().screen === 'shown';
  const drawing = rebased(documentFrom(document), folder, isCanvasFree ? null : baseFolder());
  if (isCanvasFree) openDocument(drawing, null, false);
  return drawing;
}

/** Throws an interrupted run away for good, once the user has said so. */
export async function discardRun({ id, name }: InterruptedRun): Promise<void> {
  const answer = await askToChoose({
    title: t('interrupted.discardTitle', { name }),
    text: t('interrupted.discardText'),
    choices: [
      { value: 'cancel', label: t('runs.cancel'), kind: 'main' },
      { value: 'discard', label: t('interrupted.discard'), kind: 'danger' },
    ],
  });
  if (answer !== 'discard') return;
  try {
    await call('runs.discard', { id });
  } catch (error) {
    tell(messageOf(error));
  }
}
