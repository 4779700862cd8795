import { create } from 'zustand';
import { NEW_NOTE } from '../../shared/document/edit-notes';
import { addNote } from '../../shared/document/edits';
import { nextNoteId } from '../../shared/document/notes';
import { currentDocument, edit, select } from '../state/document-store';
import { canvasPlace } from './canvas-place';

interface NoteState {
  /** The note whose text is being typed on the canvas. */
  readonly edited: string | null;
  /** Whether a note is being resized: its places on the way are no steps. */
  readonly resizing: boolean;
}

export const useNotes = create<NoteState>()(() => ({ edited: null, resizing: false }));

/** Lays a note at the pointer, ready to be written on. */
export function addNoteAtPointer(): void {
  const id = nextNoteId(currentDocument().notes ?? []);
  const { x, y } = canvasPlace().toDrawing(canvasPlace().pointer());
  const place = { x: x - NEW_NOTE.width / 2, y: y - NEW_NOTE.height / 2 };
  if (!edit((document) => addNote(document, place))) return;
  select([id]);
  editNote(id);
}

/** Lets the text of a note be typed in its place. */
export function editNote(edited: string | null): void {
  useNotes.setState({ edited });
}
