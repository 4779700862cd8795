import { z } from 'zod';
import { trainedModelChoice, trainedModelPlace } from './model-schemas';

const path = z.string().min(1).max(4_096);

/** How far encoding is; the last event tells what was written. */
const encodeEvent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('progress'),
    done: z.number(),
    total: z.number(),
    unit: z.string(),
  }),
  z.object({
    kind: z.literal('written'),
    path,
    /** How many codes, and how many values each has. */
    codes: z.int(),
    values: z.int(),
    /** What was done to the data that the user should know. */
    notes: z.array(z.string()),
  }),
]);

/** Streams about the codes of whole data sets. */
export const encodeStreams = {
  /**
   * Writes the codes of a data set into a file (NPY, CSV or Parquet, by its ending), a block at a time: whole or not at all,
   * and cancelling leaves nothing. For the host alone, as `run.keep`.
   */
  'model.encode': {
    to: 'engine',
    hostOnly: true,
    params: z.object({
      model: trainedModelPlace,
      data: path,
      out: path,
      engine: z.enum(['tensorflow', 'onnx']).optional(),
    }),
    event: encodeEvent,
  },
  /** The same with the weights of a kept run or an opened model, for a file that the user has chosen. */
  'runs.encode': {
    to: 'host',
    params: z.object({ model: trainedModelChoice, data: path, out: path }),
    event: encodeEvent,
  },
} as const;
