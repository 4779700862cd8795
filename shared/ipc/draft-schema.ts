import { z } from 'zod';

/** Unsaved changes of one window, kept aside by the host. */
export const draftSchema = z.object({
  /** The window's own; a name of a file, so nothing but a UUID will do. */
  id: z.uuid(),
  /** The document's text. */
  text: z.string(),
  /** Milliseconds since 1970, when these changes stood in the window. */
  when: z.number(),
  /** The file they are changes of, and what it held when it was last read or written; null where there is none. */
  file: z.object({ path: z.string(), hash: z.string() }).nullable(),
});
