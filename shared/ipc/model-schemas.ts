import { z } from 'zod';

/** What is told of an opened model. */
export const modelAbout = z.object({
  modelId: z.string(),
  /** The data it was trained on; null where that is not known. */
  data: z.object({ name: z.string(), fingerprint: z.string() }).nullable(),
  /** Done. */
  epochs: z.int(),
  steps: z.int(),
  engine: z.object({ name: z.string(), version: z.string() }).nullable(),
  /** The version of Hourglass that saved it, and when, in milliseconds since 1970. */
  app: z.string(),
  saved: z.number(),
});

/** Where the weights of a file come from that is written: the first of these that is there and fits. */
export const modelSource = z.object({
  runId: z.string().nullable(),
  modelId: z.string().nullable(),
  file: z.object({ path: z.string(), stamp: z.string() }).nullable(),
});

/** On which data a model is looked into: those it was trained on, none, or others. */
export const modelData = z.enum(['own', 'none', 'other']);

/** Whether a picture of samples and their reconstructions goes into a file; null: where the file that is open (`source.file`) has one. */
export const modelPictures = z.boolean().nullable();

/** How the hash of a file begins that carries weights: nobody need read it to know. */
export const MODEL_STAMP = 'model:';

export type ModelAbout = z.infer<typeof modelAbout>;
export type ModelSource = z.infer<typeof modelSource>;
