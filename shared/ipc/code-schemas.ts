import { z } from 'zod';
import { binary } from './value-schemas';

/** The codes of samples not trained on, and how they lie. */
export const codeCloud = z.object({
  /** The step after which the weights gave these codes. */
  step: z.int(),
  /** Values of a code. */
  size: z.int(),
  /** How many codes there are, evenly chosen from those of `total` samples. */
  count: z.int(),
  total: z.int(),
  /** float32, one code after the other; the samples are the same all through a run. */
  codes: binary,
  /** int32, one a code, −1 where there is none; null where the data have no labels. */
  labels: binary.nullable(),
  /** By label number, where known. */
  labelNames: z.array(z.string()).nullable(),
  /** Of each value of the code. */
  mean: z.array(z.number()),
  deviation: z.array(z.number()),
  /** The two directions of greatest variance, and each one's share of it; null where a code is a single value. */
  plane: z
    .object({
      axes: z.tuple([z.array(z.number()), z.array(z.number())]),
      shares: z.tuple([z.number(), z.number()]),
    })
    .nullable(),
  /** How far codes are from the nearest other one: the middle one of them, and what 95% stay below. */
  spacing: z.object({ usual: z.number(), far: z.number() }),
  /** Why no code can be decoded by itself, where that is so. */
  problem: z.string().nullable(),
});
