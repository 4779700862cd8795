import { documentFrom } from '../../shared/document/document-text';
import { ProblemError } from '../../shared/errors/problem';
import { showTab } from '../app/layout-store';
import { baseFolder } from '../files/base-folder';
import { currentProblems } from '../problems/problems';
import { currentDocument, select } from '../state/document-store';
import { messageOf, tell } from '../state/messages';
import { call } from '../state/session-store';
import { t } from '../strings/strings';
import { startWeights } from '../weights/starting-store';
import { forgetRefusal, keepRefusal } from './refused-start';
import { isOver } from './run-record';
import { failRun, followRun, showAgain, showStarting, useRun } from './run-store';

/** What the Train, Pause and Stop buttons may do now. */
export function runState(): 'idle' | 'starting' | 'running' | 'paused' {
  const phase = useRun.getState().view?.phase;
  if (!phase || isOver(phase)) return 'idle';
  return phase === 'starting' || phase === 'paused' ? phase : 'running';
}

/**
 * Trains the drawing as it is now. Where it can't be trained, the Problems are shown instead.
 *
 * @param anyway also where memory is most likely short
 */
export async function startRun({ anyway = false } = {}): Promise<void> {
  if (runState() !== 'idle') return;
  const first = currentProblems().find((problem) => problem.severity === 'error');
  if (first) {
    showTab('problems');
    if (first.where?.nodeId) select([first.where.nodeId]);
    tell({ severity: 'error', message: t('run.untrainable'), hint: first.message });
    return;
  }
  const drawing = currentDocument();
  const before = useRun.getState();
  const weights = startWeights();
  showTab('run');
  forgetRefusal();
  showStarting(drawing);
  try {
    const { runId } = await call('run.start', {
      document: { ...drawing },
      baseFolder: baseFolder(),
      ...(weights && { weights }),
      ...(anyway && { anyway }),
    });
    await followRun(runId, drawing);
  } catch (error) {
    showAgain(before);
    if (!keepRefusal(drawing, error)) tell(messageOf(error));
    const place = error instanceof ProblemError ? error.problems[0].where?.nodeId : undefined;
    if (place) select([place]);
  }
}

export async function togglePause(): Promise<void> {
  const view = useRun.getState().view;
  if (!view || view.runId === '') return;
  await ask(() => call(view.phase === 'paused' ? 'run.resume' : 'run.pause', { runId: view.runId }));
}

export async function stopRun(): Promise<void> {
  const view = useRun.getState().view;
  if (!view || view.runId === '') return;
  await ask(() => call('run.stop', { runId: view.runId }));
}

/** After a reload, or when the engine is back: shows the run that is going on, or the last one. */
export async function rejoinRun(): Promise<void> {
  const { run, document } = await call('run.current', {});
  if (run) {
    const drawing = document ? documentFrom(document) : null;
    if (useRun.getState().view?.runId !== run.runId) await followRun(run.runId, drawing, false);
  } else failRun(new Error(t('run.lost')));
}

async function ask(question: () => Promise<unknown>): Promise<void> {
  try {
    await question();
  } catch (error) {
    tell(messageOf(error));
  }
}
