import { z } from 'zod';
import { numberOfId } from './numbered-id';

/** The colours a note can have: names, so that each theme has shades of its own. */
export const NOTE_COLOURS = ['yellow', 'blue', 'green', 'violet', 'grey'] as const;
type NoteColour = (typeof NOTE_COLOURS)[number];

/** Pixels at zoom 1. */
export const NOTE_LIMITS = { least: { width: 80, height: 40 }, most: { width: 2_000, height: 2_000 } };
export const MAX_NOTES = 500;
export const MAX_NOTE_TEXT = 2_000;

/** A note on the canvas: of the drawing, not of the network. */
export interface Note {
  /** `note~1`; no block has a `~` in its id. */
  readonly id: string;
  readonly text: string;
  readonly colour: NoteColour;
  /** The upper left corner and the size, in pixels at zoom 1. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const NOTE_ID = /^note~[1-9]\d{0,8}$/;

export function isNoteId(id: string): boolean {
  return NOTE_ID.test(id);
}

const coordinate = z.number().min(-1e7).max(1e7);
const { least, most } = NOTE_LIMITS;

export const noteSchema: z.ZodType<Note> = z.strictObject({
  id: z.string().regex(NOTE_ID),
  text: z.string().max(MAX_NOTE_TEXT),
  colour: z.enum(NOTE_COLOURS).default('yellow'),
  x: coordinate,
  y: coordinate,
  width: z.number().min(least.width).max(most.width).default(200),
  height: z.number().min(least.height).max(most.height).default(100),
});

/** By their numbers, each once. */
export function canonicalNotes(notes: readonly Note[]): readonly Note[] {
  const byId = new Map(notes.map((note) => [note.id, note]));
  return [...byId.values()]
    .sort((a, b) => numberOfId(a.id) - numberOfId(b.id))
    .map(({ id, text, colour, x, y, width, height }) => ({ id, text, colour, x, y, width, height }));
}

/** The id of the next note beside others. */
export function nextNoteId(notes: readonly Note[]): string {
  return `note~${1 + Math.max(0, ...notes.map(({ id }) => numberOfId(id)))}`;
}
