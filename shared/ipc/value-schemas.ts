import { z } from 'zod';

/** A binary array in a frame: travels beside the JSON, never inside it. */
export const binary = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'expected binary data');

export const shape = z.array(z.int().min(1)).min(1).max(4);

/** `held-out` and `excluded`: what a filter keeps out of training. */
export const split = z.enum(['train', 'validation', 'test', 'held-out', 'excluded']);

export const problemSchema = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  hint: z.string(),
  where: z
    .object({ nodeId: z.string(), param: z.string(), wireId: z.string(), path: z.string() })
    .partial()
    .optional(),
  remedy: z
    .object({
      columns: z.array(z.string()).readonly(),
      scaling: z.literal('min-max'),
      batchSize: z.int(),
      groups: z.int(),
      filters: z.int(),
    })
    .partial()
    .optional(),
});

/** Pictures or vectors for the window: uint8, count × shape. */
export const sampleBlock = z.object({ count: z.int(), shape, pixels: binary });

export const document = z.record(z.string(), z.unknown());

/** Where relative data paths start: the folder of the document, or null for an unsaved one. */
export const baseFolder = z.string().nullable();
