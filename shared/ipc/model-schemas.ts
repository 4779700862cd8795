import { z } from 'zod';
import { keptRunId } from './kept-run-id';

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

const openedModel = z.object({ opened: z.string().min(1).max(100) });
const heldRun = z.object({ held: z.string().min(1).max(100) });

/** Which trained model is meant: a kept run, one that a window opened, or the run that the engine holds, which must rest. */
export const trainedModelChoice = z.union([z.object({ run: keptRunId }), openedModel, heldRun]);

/** The same for the engine, once the host has said where a kept run lies. */
export const trainedModelPlace = z.union([
  z.object({ folder: z.string().min(1).max(4_096) }),
  openedModel,
  heldRun,
]);

/** Whether a picture of samples and their reconstructions goes into a file; null: where the file that is open (`source.file`) has one. */
export const modelPictures = z.boolean().nullable();

/** How the hash of a file begins that carries weights: nobody need read it to know. */
export const MODEL_STAMP = 'model:';

export type ModelAbout = z.infer<typeof modelAbout>;
export type TrainedModelChoice = z.infer<typeof trainedModelChoice>;
export type TrainedModelPlace = z.infer<typeof trainedModelPlace>;
export type ModelSource = z.infer<typeof modelSource>;
