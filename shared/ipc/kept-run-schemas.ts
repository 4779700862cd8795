import { z } from 'zod';
import { SCALINGS } from '../document/data-reference';
import { keptRunId } from './kept-run-id';
import { startedFromSchema } from './start-schemas';

/** How the names of run folders begin whose runs go on; what is behind it is the run's id. Those of an interrupted run keep it. */
export const UNFINISHED_RUN = '.writing-';

/** A run of a sweep of code sizes: which sweep, and the size it had. */
const sweepPlace = z.object({ id: z.uuid(), size: z.int().min(1) });

/** The run that another branched off from: who it is, the folder it had then, and what its drawing was called. */
const parentRun = z.object({
  identity: z.string().max(100).optional(),
  id: keptRunId.optional(),
  name: z.string().max(300),
});

/** Which run it is, however often it is gone on with, and the one that it branched off from. */
const lineage = { identity: z.string().max(100).optional(), parent: parentRun.optional() };

const finite = z.number();

/**
 * What is told of a run that has ended without reading all that was kept of it: `summary.json` in its folder. Written last,
 * so that a folder that has one is whole.
 */
export const runSummaryFileSchema = z.object({
  format: z.literal('hourglass-run'),
  version: z.literal(1),
  /** Milliseconds since 1970. */
  ended: z.number(),
  ending: z.enum(['completed', 'stopped', 'failed']),
  /** Why it failed. */
  problem: z.string().optional(),
  problemCode: z.string().optional(),
  /** The drawing's own name, and what all that affects a run comes to (`documentHash`). */
  document: z.object({ name: z.string(), hash: z.string() }),
  data: z.object({ name: z.string(), fingerprint: z.string(), trainCount: z.int() }),
  /** The scale that errors are in. */
  scaling: z.enum(SCALINGS),
  codeSize: z.int(),
  parameterCount: z.int(),
  engine: z.object({ name: z.enum(['tensorflow', 'onnx']), version: z.string() }),
  /** The version of Hourglass. */
  app: z.string(),
  seed: z.int(),
  /** Done, and asked for. */
  epochs: z.tuple([z.int(), z.int()]),
  steps: z.int(),
  stepsPerEpoch: z.int(),
  /** Seconds of training; null where the run failed. */
  seconds: finite.nullable(),
  /** What was lowered, in words: `mse`, `0.8 mse + 0.2 ssim`. */
  lossName: z.string(),
  /** Means of the last epoch (validation: of the weights that were kept); null where there is none. */
  loss: z.object({ training: finite.nullable(), validation: finite.nullable() }),
  /** Mean squared errors of the weights that were kept, and of PCA with as many components as the code has values. */
  mse: z.object({
    validation: finite.nullable(),
    test: finite.nullable(),
    pcaValidation: finite.nullable(),
    pcaTest: finite.nullable(),
  }),
  /** Where its first weights came from, if they were not fresh. */
  startedFrom: startedFromSchema.optional(),
  sweep: sweepPlace.optional(),
  ...lineage,
});

/** What the user has said of a kept run: `label.json` in its folder. */
export const runLabelSchema = z.object({
  /** Empty: none of its own. */
  name: z.string().max(200).default(''),
  starred: z.boolean().default(false),
});

export const keptRunSchema = runSummaryFileSchema.omit({ format: true, version: true }).extend({
  /** The name of its folder. */
  id: z.string(),
  /** The step of the newest checkpoint that it can be gone on with from; null where there is none. */
  checkpoint: z.int().nullable(),
  /** How large that is; 0 where there is none. */
  checkpointBytes: z.int().min(0),
  ...runLabelSchema.shape,
});

/** A run that was interrupted: whoever trained it ended before it did. */
export const interruptedRunSchema = z.object({
  id: z.uuid(),
  /** Of the drawing. */
  name: z.string(),
  data: z.string(),
  engine: z.object({ name: z.enum(['tensorflow', 'onnx']), version: z.string() }),
  /** Done by the newest checkpoint, and asked for. */
  epochs: z.tuple([z.int(), z.int()]),
  step: z.int(),
  /** When that was made, in milliseconds since 1970. */
  saved: z.number(),
});

/** What a run is gone on with otherwise than it was: it is a run of its own then. */
export const goingOnChanges = z.object({
  moreEpochs: z.int().min(1).max(100_000).optional(),
  learningRate: z.number().positive().optional(),
});

/** What the host knows of a run that it does not find in the engine: its own version, and what the run belongs to. */
export const keepingNoteSchema = z.object({ app: z.string(), sweep: sweepPlace.optional(), ...lineage });

const epoch = z.object({
  epoch: z.int(),
  step: z.int(),
  stage: z.string().optional(),
  trainLoss: z.number(),
  validation: z.object({ mse: z.number(), loss: z.number() }).nullable(),
});

/** What charts of a kept run are made of. */
export const keptHistorySchema = z.object({
  epochs: z.array(epoch),
  /** Training losses, at most 2,000: each the mean of the steps up to `step` since the one before. */
  losses: z.array(z.object({ step: z.int(), loss: z.number() })),
  /** PCA's loss and mean squared error on validation samples; null where it was not found. */
  pca: z.object({ mse: z.number() }).nullable(),
});

export type RunSummaryFile = z.infer<typeof runSummaryFileSchema>;
export type InterruptedRun = z.infer<typeof interruptedRunSchema>;
export type GoingOnChanges = z.infer<typeof goingOnChanges>;
export type RunLabel = z.infer<typeof runLabelSchema>;
export type KeptRun = z.infer<typeof keptRunSchema>;
export type KeptHistory = z.infer<typeof keptHistorySchema>;
export type ParentRun = z.infer<typeof parentRun>;
export type KeepingNote = z.infer<typeof keepingNoteSchema>;
