import { documentFrom } from '../../shared/document/document-text';
import { baseFolder } from '../files/base-folder';
import { rebased } from '../files/file-actions';
import { isOver } from '../run/run-record';
import { useRun } from '../run/run-store';
import { call } from '../state/session-store';
import { useRuns } from './runs-store';

/**
 * Finds the drawing of the last run again in what was kept of it: after a reload the window no longer has it, and so could not
 * say what of its weights the next run can begin with.
 */
export async function findTrainedDrawing(): Promise<void> {
  const { view, document } = useRun.getState();
  if (!view || document || view.runId === '' || !isOver(view.phase)) return;
  const { runId } = view;
  const kept = useRuns.getState().listed?.runs.find(({ identity }) => identity === runId);
  if (!kept) return;
  try {
    const opened = await call('runs.open', { id: kept.id });
    const trained = rebased(documentFrom(opened.document), opened.folder, baseFolder());
    const isStill = useRun.getState().view?.runId === runId && useRun.getState().document === null;
    if (isStill) useRun.setState({ document: trained });
  } catch {
    // Then the window does without, as it did.
  }
}
