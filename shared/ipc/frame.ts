import { z } from 'zod';
import { problemSchema } from './value-schemas';

const id = z.int().min(0);
const name = z.string().max(64);

/** An error as it crosses: Problems whole, Cancelled as a word, anything else as a sentence and a place in the log. */
const wireError = z.discriminatedUnion('family', [
  z.strictObject({ family: z.literal('problem'), problems: z.array(problemSchema).min(1) }),
  z.strictObject({ family: z.literal('cancelled') }),
  z.strictObject({ family: z.literal('bug'), ref: z.string().max(64) }),
]);

/** Every message between two peers. `id` is the asker's own count of its calls and streams. */
export const frameSchema = z.discriminatedUnion('kind', [
  /** Asks for one answer: a `result` or an `error` follows. */
  z.strictObject({ kind: z.literal('call'), id, name, params: z.unknown() }),
  z.strictObject({ kind: z.literal('result'), id, value: z.unknown() }),
  z.strictObject({ kind: z.literal('error'), id, error: wireError }),
  /** Asks for a stream: `event`s follow, and exactly one `end`. */
  z.strictObject({ kind: z.literal('open'), id, name, params: z.unknown() }),
  /** `sequence` rises with every event; a gap means that events were merged into the next. */
  z.strictObject({ kind: z.literal('event'), id, sequence: z.int(), value: z.unknown() }),
  /** The reader has dealt with all events up to this one. A sender has only a few unacknowledged at a time. */
  z.strictObject({ kind: z.literal('taken'), id, sequence: z.int() }),
  /** The stream ended: completed where there is no error. */
  z.strictObject({ kind: z.literal('end'), id, error: wireError.optional() }),
  /** The asker no longer wants the answer or the stream. */
  z.strictObject({ kind: z.literal('cancel'), id }),
]);

export type Frame = z.infer<typeof frameSchema>;
export type WireError = z.infer<typeof wireError>;
