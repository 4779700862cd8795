import { problem } from '../errors/catalogue';
import { ProblemError } from '../errors/problem';
import type { GraphDocument } from './graph-document';
import { canonicalNotes, MAX_NOTE_TEXT, MAX_NOTES, NOTE_LIMITS, type Note, nextNoteId } from './notes';
import { type Position, wholePosition } from './positions';

/** The size of a new note, in pixels at zoom 1. */
export const NEW_NOTE = { width: 200, height: 100 };

/** Lays a note on the canvas; its id is `nextNoteId`. Throws ProblemError where there are too many. */
export function addNote(
  doc: GraphDocument,
  position: Position,
  given: Partial<Pick<Note, 'text' | 'colour' | 'width' | 'height'>> = {},
): GraphDocument {
  const notes = doc.notes ?? [];
  if (notes.length >= MAX_NOTES) {
    const values = { what: 'notes', got: notes.length + 1, limit: MAX_NOTES };
    throw new ProblemError(problem('DOCUMENT_TOO_LARGE', values));
  }
  const blank: Note = { id: nextNoteId(notes), text: '', colour: 'yellow', ...NEW_NOTE, x: 0, y: 0 };
  const note = fitted(blank, { ...given, ...position });
  return withNotes(doc, [...notes, note]);
}

/** Changes a note: its text, colour, place or size. What is too long or too large is cut; a note that is not there stays so. */
export function changeNote(
  doc: GraphDocument,
  noteId: string,
  change: Partial<Omit<Note, 'id'>>,
): GraphDocument {
  const notes = doc.notes ?? [];
  const note = notes.find(({ id }) => id === noteId);
  if (!note) return doc;
  const next = fitted(note, change);
  const same = (Object.keys(note) as (keyof Note)[]).every((key) => note[key] === next[key]);
  return same
    ? doc
    : withNotes(
        doc,
        notes.map((other) => (other === note ? next : other)),
      );
}

/** A drawing with these notes; where there are none, without the entry. */
function withNotes(doc: GraphDocument, notes: readonly Note[]): GraphDocument {
  const { notes: _before, ...rest } = doc;
  return notes.length === 0 ? rest : { ...rest, notes: canonicalNotes(notes) };
}

function fitted(note: Note, change: Partial<Omit<Note, 'id'>>): Note {
  const next = { ...note, ...change };
  const { least, most } = NOTE_LIMITS;
  const size = (value: number, before: number, axis: 'width' | 'height') =>
    Number.isFinite(value) ? Math.round(Math.min(most[axis], Math.max(least[axis], value))) : before;
  return {
    ...next,
    ...(wholePosition(next) ?? { x: note.x, y: note.y }),
    text: next.text.slice(0, MAX_NOTE_TEXT),
    width: size(next.width, note.width, 'width'),
    height: size(next.height, note.height, 'height'),
  };
}
