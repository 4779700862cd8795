import { create } from 'zustand';
import type { GraphDocument } from '../../shared/document/graph-document';
import type { RunEvent, WatchedSamples } from '../../shared/ipc/contract';
import { useDocument } from '../state/document-store';
import { messageOf, tell } from '../state/messages';
import { follow } from '../state/session-store';
import { t } from '../strings/strings';
import { afterEvent, isOver, newRunView, type RunView } from './run-record';

interface RunState {
  /** The run going on or the last one; null before the first. */
  readonly view: RunView | null;
  /** The drawing that was trained; null where nothing is shown, or where nobody knows it any more. */
  readonly document: GraphDocument | null;
  /**
   * Which of the drawings opened one after the other it was, as the document store counts them; null for a run that another
   * window, or this one before it was reloaded, began.
   */
  readonly opened: number | null;
}

export const useRun = create<RunState>()(() => ({ view: null, document: null, opened: null }));

/** The newest view, which the store may be a frame behind of. */
let newest: RunView | null = null;
let frame: number | null = null;
let following: AbortController | null = null;

/** Shows at most one state a frame, however fast events come. A hidden window gets no frames: a timer stands in. */
function showSoon(): void {
  if (frame !== null) return;
  const show = () => {
    frame = null;
    useRun.setState({ view: newest });
  };
  if (document.hidden) {
    frame = 0;
    window.setTimeout(show, 250);
  } else frame = window.requestAnimationFrame(show);
}

function showNow(view: RunView | null): void {
  newest = view;
  useRun.setState({ view });
}

function take(event: RunEvent): void {
  if (!newest) return;
  newest = afterEvent(newest, event);
  showSoon();
}

/** Shows other further samples of the run at once; its next event brings them anew. */
export function takeWatched(runId: string, watched: WatchedSamples | null): void {
  if (newest?.runId !== runId || !newest.reconstructions) return;
  const { watched: _, ...others } = newest.reconstructions;
  newest = { ...newest, reconstructions: { ...others, ...(watched && { watched }) } };
  showSoon();
}

/** Follows a run from its first event on, however late the window joins. @param isOwn whether it was begun here, of the drawing that is open */
export async function followRun(
  runId: string,
  drawing: GraphDocument | null,
  isOwn = drawing !== null,
): Promise<void> {
  following?.abort();
  const mine = new AbortController();
  following = mine;
  useRun.setState({ document: drawing, opened: isOwn ? useDocument.getState().opened : null });
  showNow(newRunView(runId));
  try {
    await follow(
      'run.events',
      { runId, after: -1 },
      (event) => following === mine && take(event),
      mine.signal,
    );
  } catch (error) {
    if (following === mine) failRun(error);
  }
}

/** The run can't go on: its engine died, or its events can't be had. A run that was over stays as it ended. */
export function failRun(error: unknown): void {
  if (!newest || isOver(newest.phase)) return;
  const { message, hint } = messageOf(error);
  const failure = {
    code: 'ENGINE_LOST',
    severity: 'error' as const,
    message,
    hint: hint ?? t('run.startAgain'),
  };
  showNow({ ...newest, phase: 'failed', failure, secondsLeft: null });
}

/** Shows a run as starting before the engine has answered. */
export function showStarting(drawing: GraphDocument): void {
  following?.abort();
  following = null;
  useRun.setState({ document: drawing, opened: useDocument.getState().opened });
  showNow(newRunView(''));
}

/** The start was refused: back to what was shown before, and told why. */
export function showRefused(before: RunState, error: unknown): void {
  showAgain(before);
  tell(messageOf(error));
}

/** Back to what was shown before a start that came to nothing. */
export function showAgain(before: RunState): void {
  newest = before.view;
  useRun.setState(before);
}
