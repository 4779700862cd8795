import { z } from 'zod';
import { baseFolder, document, problemSchema } from './value-schemas';

/** Calls about sweeps of code sizes. */
export const sweepCalls = {
  /**
   * Trains a drawing with one code size after the other, each run kept; refused while a run or a sweep goes on. What becomes
   * of it tells the stream `host.sweep`; its runs are paused and resumed as others are.
   */
  'sweep.start': {
    to: 'host',
    params: z.object({
      document,
      baseFolder,
      engine: z.enum(['tensorflow', 'onnx']).optional(),
      sizes: z.array(z.int().min(1)).min(2).max(12),
      epochs: z.int().min(1).max(100_000),
    }),
    result: z.object({ sweepId: z.string() }),
  },
  /** Stops the sweep and the run of it that goes on, which is kept. */
  'sweep.stop': { to: 'host', params: z.object({}), result: z.object({}) },
} as const;

export const sweepStreams = {
  /** The sweep going on or the last one; null before the first. Its points are kept runs that name it. */
  'host.sweep': {
    to: 'host',
    params: z.object({}),
    event: z.object({
      sweep: z
        .object({
          sweepId: z.string(),
          state: z.enum(['running', 'completed', 'stopped', 'failed']),
          sizes: z.array(z.int()),
          /** The run going on; null between two, and once the sweep is over. */
          current: z.object({ runId: z.string(), size: z.int() }).nullable(),
          failure: problemSchema.nullable(),
        })
        .nullable(),
    }),
  },
} as const;
