import { z } from 'zod';
import { keptRunId } from './kept-run-id';
import { goingOnChanges, interruptedRunSchema, keptHistorySchema, keptRunSchema } from './kept-run-schemas';
import { film } from './run-schemas';
import { document, problemSchema } from './value-schemas';

/** Calls about runs that are kept. */
export const keptRunCalls = {
  /** The runs that were kept, newest first; what could not be read of them; and how many are kept. */
  'runs.list': {
    to: 'host',
    params: z.object({}),
    result: z.object({
      runs: z.array(keptRunSchema),
      passedOver: z.array(z.object({ id: z.string(), reason: z.string() })),
      /** Runs that nobody trains any more, though they had not ended; the newest first. */
      interrupted: z.array(interruptedRunSchema),
      /** Ids of runs that this app or another trains. */
      atWork: z.array(z.string()),
      /** Beyond the newest `newest`, and beyond `bytes` in all, the oldest without a star are removed. */
      rule: z.object({ newest: z.int(), checkpoints: z.int(), bytes: z.number() }),
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
  /**
   * Goes on with a run from its newest whole checkpoint, as if it had not been interrupted; or with `changes`, as a run of
   * its own. With `keepOnly` no step is taken: what there is becomes a kept run. `document` is the drawing, with data paths
   * relative to `folder`; `passedOver` says which checkpoints were damaged.
   */
  'runs.goOn': {
    to: 'host',
    params: z.object({
      from: z.enum(['interrupted', 'kept']),
      id: keptRunId,
      changes: goingOnChanges.optional(),
      keepOnly: z.boolean().optional(),
    }),
    result: z.object({
      runId: z.string(),
      document,
      folder: z.string(),
      passedOver: z.array(problemSchema),
    }),
  },
  /** Throws an interrupted run away, for good. */
  'runs.discard': { to: 'host', params: z.object({ id: z.uuid() }), result: z.object({}) },
  /** Removes kept runs with all that was kept of them, for good. */
  'runs.remove': {
    to: 'host',
    params: z.object({ ids: z.array(keptRunId).min(1).max(1000) }),
    result: z.object({}),
  },
} as const;
