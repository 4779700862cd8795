import { z } from 'zod';
import { dataSchema } from '../document/data-reference';
import { datasetSummary, engineReport } from './engine-schemas';
import { baseFolder, document, sampleBlock, split } from './value-schemas';

/** Calls with the engine about itself and about data. */
export const dataCalls = {
  'engine.describe': { to: 'engine', params: z.object({}), result: engineReport },
  /**
   * Tells what kind of data lies at a path by its content. A relative path starts at `baseFolder` and stays relative
   * in the reference.
   */
  'data.identify': {
    to: 'engine',
    params: z.object({ path: z.string().min(1).max(4_096), baseFolder }),
    result: z.object({ reference: dataSchema }),
  },
  'data.samples': {
    to: 'engine',
    params: z.object({
      datasetId: z.string(),
      split,
      offset: z.int().min(0),
      count: z.int().min(1).max(256),
    }),
    result: sampleBlock.extend({ labels: z.array(z.int()), total: z.int() }),
  },
  /** Training samples, and what a block that corrupts makes of them, with those before it. */
  'data.corrupted': {
    to: 'engine',
    params: z.object({
      datasetId: z.string(),
      document,
      blockId: z.string(),
      count: z.int().min(1).max(16),
    }),
    result: z.object({ originals: sampleBlock, corrupted: sampleBlock }),
  },
  /** Training samples, and after them what a drawing's augmentation makes of each, so many times. */
  'data.augmented': {
    to: 'engine',
    params: z.object({
      datasetId: z.string(),
      document,
      count: z.int().min(1).max(16),
      times: z.int().min(1).max(4),
    }),
    result: z.object({ originals: sampleBlock, augmented: sampleBlock }),
  },
} as const;

/** Streams with the engine about itself and about data. */
export const dataStreams = {
  /** Loads a data set; the last event before the end holds its summary. Cancelling the stream cancels the loading. */
  'data.load': {
    to: 'engine',
    params: z.object({ reference: document, baseFolder, validationShare: z.number(), seed: z.int() }),
    event: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('progress'),
        stage: z.string(),
        done: z.number(),
        total: z.number(),
        unit: z.string(),
      }),
      z.object({ kind: z.literal('loaded'), dataset: datasetSummary }),
    ]),
  },
} as const;
