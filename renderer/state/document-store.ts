import { create } from 'zustand';
import type { GraphDocument } from '../../shared/document/graph-document';
import { newDocument } from '../../shared/document/new-document';
import { ProblemError } from '../../shared/errors/problem';
import { commit, endGesture, type History, newHistory, redo, undo } from './history';
import { tell } from './messages';

/** Where a document lives on disk, and what the file held when it was last read or written. */
export interface DocumentFile {
  readonly path: string;
  readonly hash: string;
}

interface DocumentState {
  readonly history: History<GraphDocument>;
  /** The document as the file has it; the drawing is dirty while it is another. */
  readonly saved: GraphDocument | null;
  readonly file: DocumentFile | null;
  /** Ids of the selected nodes (twins' and `output` among them) and wires. Never part of undo. */
  readonly selection: readonly string[];
  /** Grows whenever another document is opened, so that the canvas knows to fit its view. */
  readonly opened: number;
}

/** The drawing being worked on. Undo holds documents, never views. */
export const useDocument = create<DocumentState>()(() => {
  const document = newDocument();
  return { history: newHistory(document), saved: document, file: null, selection: [], opened: 0 };
});

export function currentDocument(): GraphDocument {
  return useDocument.getState().history.present;
}

export function isDirty(state: DocumentState): boolean {
  return state.saved !== state.history.present;
}

/**
 * Applies a pure edit as one undo step. Edits with the same `gesture` join into one step until `settle`.
 * An edit that refuses (throws Problems) leaves everything as it was and says why; then the answer is false.
 */
export function edit(change: (document: GraphDocument) => GraphDocument, gesture?: string): boolean {
  try {
    useDocument.setState(({ history }) => ({ history: commit(history, change(history.present), gesture) }));
    return true;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    tell(error.problems[0]);
    return false;
  }
}

/** Ends the gesture under way: the next edit is a step of its own. */
export function settle(): void {
  useDocument.setState(({ history }) => ({ history: endGesture(history) }));
}

export function undoEdit(): void {
  useDocument.setState(({ history }) => ({ history: undo(history) }));
}

export function redoEdit(): void {
  useDocument.setState(({ history }) => ({ history: redo(history) }));
}

export function select(ids: readonly string[]): void {
  useDocument.setState((state) => {
    const { selection } = state;
    const same = selection.length === ids.length && selection.every((id, index) => id === ids[index]);
    // The same state is told to nobody: a drag selects the same at every frame.
    return same ? state : { selection: ids };
  });
}

/** Opens another document: a new history begins. `saved` false where it was recovered and is not on disk. */
export function openDocument(document: GraphDocument, file: DocumentFile | null, saved = true): void {
  useDocument.setState(({ opened }) => ({
    history: newHistory(document),
    saved: saved ? document : null,
    file,
    selection: [],
    opened: opened + 1,
  }));
}

/**
 * Notes that `document` is now in `file`. Where it was written with other data paths than it had (`before`), it takes
 * the place of that; edits made while it was being written stay.
 */
export function markSaved(document: GraphDocument, file: DocumentFile, before: GraphDocument): void {
  useDocument.setState(({ history }) => ({
    saved: document,
    file,
    history: history.present === before ? endGesture({ ...history, present: document }) : history,
  }));
}
