import { z } from 'zod';
import { keptRunId } from './kept-run-id';
import { keptHistorySchema, keptRunSchema } from './kept-run-schemas';
import { film } from './run-schemas';
import { document } from './value-schemas';

/** Calls about runs that are kept. */
export const keptRunCalls = {
  /** The runs that were kept, newest first; what could not be read of them; and how many are kept. */
  'runs.list': {
    to: 'host',
    params: z.object({}),
    result: z.object({
      runs: z.array(keptRunSchema),
      passedOver: z.array(z.object({ id: z.string(), reason: z.string() })),
      /** Beyond the newest `newest`, and beyond `bytes` in all, the oldest without a star are removed. */
      rule: z.object({ newest: z.int(), bytes: z.number() }),
      folder: z.string(),
    }),
  },
  /** One kept run: its drawing, with data paths relative to `folder`, and what charts are made of. */
  'runs.open': {
    to: 'host',
    params: z.object({ id: keptRunId }),
    result: z.object({ run: keptRunSchema, folder: z.string(), document, history: keptHistorySchema }),
  },
  /** A kept run's reconstructions over its steps; null where none were kept. */
  'runs.film': {
    to: 'host',
    params: z.object({ id: keptRunId }),
    result: z.object({ film: film.nullable() }),
  },
  /** Names a kept run, or gives or takes its star. */
  'runs.label': {
    to: 'host',
    params: z.object({
      id: keptRunId,
      name: z.string().max(200).optional(),
      starred: z.boolean().optional(),
    }),
    result: z.object({}),
  },
  /** Removes kept runs with all that was kept of them, for good. */
  'runs.remove': {
    to: 'host',
    params: z.object({ ids: z.array(keptRunId).min(1).max(1000) }),
    result: z.object({}),
  },
} as const;
