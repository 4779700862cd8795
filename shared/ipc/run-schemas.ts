import { z } from 'zod';
import { SCALINGS } from '../document/data-reference';
import { measures } from '../measures/catalogue';
import { engineDescription } from './engine-schemas';
import { binary, problemSchema, sampleBlock } from './value-schemas';

/** Samples, what the encoder is given of them where that is less, and what the model makes of them. */
export const shownSamples = z.object({
  originals: sampleBlock,
  seen: sampleBlock.optional(),
  reconstructions: sampleBlock,
});

/** Further validation samples that are shown beside the fixed ones. */
export const watchedSamples = shownSamples.extend({
  /** Places among the validation samples: first those that the user has pinned, then those that came back worst so far. */
  places: z.array(z.int()),
  pinned: z.int(),
  /** Mean squared errors at the last evaluation; absent before the first. */
  errors: z.array(z.number()).optional(),
});

/**
 * Reconstructions of a run at steps spread evenly over it, the last one among them. Frames lie one after the other in
 * `frames` (uint8, steps × samples × shape); the originals are the same in all.
 */
export const film = z.object({
  steps: z.array(z.int()),
  originals: sampleBlock,
  seen: sampleBlock.optional(),
  frames: binary,
  /** Of each frame, the further samples that were shown in it; null where there were none. */
  watched: z.array(watchedSamples.omit({ originals: true, seen: true, reconstructions: true }).nullable()),
  /** Those samples of all frames, one after the other: originals and reconstructions. */
  watchedOriginals: binary,
  watchedFrames: binary,
});

export const runSummary = z.object({
  runId: z.string(),
  documentHash: z.string(),
  engine: engineDescription,
  state: z.enum(['starting', 'running', 'paused', 'completed', 'stopped', 'failed']),
  epochs: z.int(),
  stepsPerEpoch: z.int(),
  /** Of stacked pre-training: the block each stage trains with its twin, and for how many of the run's first epochs. */
  stages: z.array(z.object({ block: z.string(), epochs: z.int() })).optional(),
  parameterCount: z.int(),
  /** The scale of the data the model sees, and of every error that is told. */
  scaling: z.enum(SCALINGS),
  /** Of a model that is looked into on other data than it was trained on: nothing is told of samples, or of these. */
  elsewhere: z.enum(['without data', 'other data']).optional(),
});

/**
 * What a training loss is the sum of: the error as `reconstruction`, or of a weighted sum each loss by its type, with its
 * weight; and each charge by name.
 */
const terms = z.record(z.string(), z.number());

const metrics = z.object({
  mse: z.number(),
  loss: z.number(),
  /** What the loss is a weighted sum of, told at epochs. */
  terms: terms.optional(),
  /** Of a variational code: how far each of its values diverges from the standard normal, in nats. */
  divergence: z.array(z.number()).optional(),
});

const measured = z.partialRecord(z.enum(measures.map(({ type }) => type)), z.number());

/** At the end of a run, by every measure. */
export const fullMetrics = metrics.extend({
  measures: measured,
  /** What comes of doing without a network, as the task has it. */
  baseline: measured.optional(),
  /** PSNR in dB where a corruption covers the samples: of what came in, and of what came of it. */
  covered: z.object({ psnr: z.number(), inputPsnr: z.number() }).optional(),
});

/**
 * Samples that a run was measured on: held out for validation, the test set, held out by the data's filter, left out by it,
 * and those of another data set.
 */
export const evaluatedGroupName = z.enum(['validation', 'test', 'heldOut', 'excluded', 'other']);

/** How well errors tell anomalous samples from normal ones. */
export const anomalies = z.object({
  normal: z.int(),
  anomalous: z.int(),
  /** The area under the receiver operating characteristic. */
  auc: z.number(),
  /** The error that 95% of the normal samples stay below, and what it does. */
  cutOff: z.number(),
  falsePositiveRate: z.number(),
  truePositiveRate: z.number(),
});

/** How many units of a code that is charged for its activity keep their mean activity between `from` and `to`. */
const activity = z.object({
  layer: z.string(),
  mean: z.number(),
  units: z.int(),
  from: z.number(),
  to: z.number(),
  share: z.number(),
});

/** The error of PCA with as many components as the code has values, on the validation samples. */
export const pcaLine = z.object({
  components: z.int(),
  validation: fullMetrics,
  test: fullMetrics.nullable(),
  /** As PCA finds anomalies. */
  auc: z.number().optional(),
});

export const runEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started'), run: runSummary }),
  /** Every step's loss since the last such event, coalesced when the reader is slow. */
  z.object({
    kind: z.literal('progress'),
    epoch: z.int(),
    firstStep: z.int(),
    losses: z.array(z.number()),
    /**
     * Where a long run was thinned out: the last step that each loss stands for, being the mean of the steps since the
     * one before. Absent where there is one loss a step. What a reader who joined between knows already may come again.
     */
    lastSteps: z.array(z.int()).optional(),
    samplesPerSecond: z.number(),
    secondsLeft: z.number(),
    /** Of the next step, as the schedule has it. */
    learningRate: z.number(),
    /** Of the last step; absent where the loss is the error alone. */
    terms: terms.optional(),
  }),
  z.object({
    kind: z.literal('epoch'),
    epoch: z.int(),
    step: z.int(),
    /** The block whose stage of pre-training the epoch belongs to; absent where the whole was trained. */
    stage: z.string().optional(),
    trainLoss: z.number(),
    validation: metrics.nullable(),
    /** What `trainLoss` is the sum of; absent where it is the error alone. */
    terms: terms.optional(),
    /** On validation samples; absent where the code is not charged. */
    activity: activity.optional(),
  }),
  /** At least 16 fixed validation samples and what the model makes of them now. */
  shownSamples.extend({
    kind: z.literal('reconstructions'),
    step: z.int(),
    watched: watchedSamples.optional(),
    /** What the decoder makes of codes drawn from the standard normal, where the code is variational. */
    drawn: sampleBlock.optional(),
  }),
  pcaLine.extend({ kind: z.literal('pca') }),
  /** Told once: checkpoints of the run can't be kept. */
  z.object({ kind: z.literal('checkpointFailed'), step: z.int(), problem: problemSchema }),
  /** They can be kept again. */
  z.object({ kind: z.literal('checkpointKept'), step: z.int() }),
  z.object({ kind: z.literal('paused'), step: z.int() }),
  z.object({ kind: z.literal('resumed'), step: z.int() }),
  z.object({
    kind: z.enum(['completed', 'stopped']),
    step: z.int(),
    seconds: z.number(),
    samplesPerSecond: z.number(),
    /** Without its measures where the run was stopped. */
    validation: fullMetrics.partial({ measures: true }).nullable(),
    test: fullMetrics.nullable(),
    /** Where the data's filter says what is normal. */
    anomalies: anomalies.optional(),
    /** The epoch whose weights the run ended with, where it is not the last: early stopping keeps the best one's. */
    keptEpoch: z.int().nullable(),
    /** On the test set, or else on validation samples; absent where the code is not charged. */
    activity: activity.optional(),
  }),
  z.object({ kind: z.literal('failed'), step: z.int(), problem: problemSchema }),
]);
