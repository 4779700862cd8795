import { z } from 'zod';

/** An earlier state of a file that was saved over. */
const backupSchema = z.object({
  id: z.string(),
  /** The file that it is of. */
  path: z.string(),
  /** Counted from 1, for each file. */
  number: z.int(),
  /** When it was saved over, in milliseconds since 1970. */
  when: z.number(),
  bytes: z.number(),
  /** Whether it carries weights. */
  weights: z.boolean(),
});

export type Backup = z.infer<typeof backupSchema>;

/** Calls about backups. */
export const backupCalls = {
  /** All there are, newest first, and the rule they are kept by. */
  'backups.list': {
    to: 'host',
    params: z.object({}),
    result: z.object({
      backups: z.array(backupSchema),
      /** How many of each file are kept, and how many bytes of drawings and, apart from them, of files with weights. */
      rule: z.object({ perFile: z.int(), drawingBytes: z.number(), modelBytes: z.number() }),
    }),
  },
  /** Puts one in its file's place; what the file holds becomes a backup. Answered with the file's path. */
  'backups.restore': {
    to: 'host',
    params: z.object({ id: z.string() }),
    result: z.object({ path: z.string() }),
  },
} as const;
