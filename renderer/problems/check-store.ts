import { create } from 'zustand';
import type { GraphDocument } from '../../shared/document/graph-document';
import { Cancelled, type Problem, ProblemError } from '../../shared/errors/problem';
import type { CallResult } from '../../shared/ipc/contract';
import { showTab } from '../app/layout-store';
import { baseFolder } from '../files/base-folder';
import { currentDocument } from '../state/document-store';
import { type Message, messageOf } from '../state/messages';
import { call } from '../state/session-store';

type Checked = CallResult<'run.check'>;

interface CheckState {
  /** The drawing that was checked last, to the letter: another one has to be checked anew. */
  readonly document: GraphDocument | null;
  readonly checked: Checked | null;
  /** What of the drawing and its data was found amiss, whether it could be trained or not. */
  readonly found: readonly Problem[];
  /** Why it could not be checked. */
  readonly refusal: Message | null;
  /** Ends the check that goes on. */
  readonly going: AbortController | null;
}

export const useCheck = create<CheckState>()(() => ({
  document: null,
  checked: null,
  found: [],
  refusal: null,
  going: null,
}));

/** Has the engine look at the drawing as it is, and shows what it finds among the Problems. */
export async function checkDrawing(): Promise<void> {
  if (useCheck.getState().going) return;
  const document = currentDocument();
  const going = new AbortController();
  showTab('problems');
  useCheck.setState({ document, checked: null, found: [], refusal: null, going });
  try {
    const params = { document: { ...document }, baseFolder: baseFolder() };
    const checked = await call('run.check', params, going.signal);
    useCheck.setState({ checked, found: checked.problems as readonly Problem[] });
  } catch (error) {
    if (error instanceof Cancelled) return;
    // A Problem of the drawing has its place there; others are of this moment.
    const ofDrawing = error instanceof ProblemError ? error.problems.filter(({ where }) => where) : [];
    useCheck.setState({ refusal: messageOf(error), found: ofDrawing });
  } finally {
    useCheck.setState({ going: null });
  }
}

/** What the last check found, where it was of this very drawing, and the window has not found it itself. */
export function foundBy({ document, found }: CheckState, drawing: GraphDocument, own: readonly Problem[]) {
  if (document !== drawing) return [];
  const known = new Set(own.map(keyOf));
  return found.filter((problem) => !known.has(keyOf(problem)));
}

function keyOf({ code, where }: Problem): string {
  return `${code} ${where?.nodeId} ${where?.param} ${where?.path}`;
}
