import { z } from 'zod';
import { goingOnChanges, keepingNoteSchema } from './kept-run-schemas';
import {
  evaluatedGroupName,
  film,
  fullMetrics,
  pcaLine,
  runEvent,
  runSummary,
  shownSamples,
  watchedSamples,
} from './run-schemas';
import { startWeights } from './start-schemas';
import { baseFolder, binary, document, problemSchema, sampleBlock, shape } from './value-schemas';

/** Calls about runs. */
export const runCalls = {
  'run.start': {
    to: 'engine',
    params: z.object({
      document,
      baseFolder,
      engine: z.enum(['tensorflow', 'onnx']).optional(),
      weights: startWeights.optional(),
      /** Also where memory is most likely short; never where the machine has not as much (MEMORY_SHORT, MEMORY_LACKING). */
      anyway: z.boolean().optional(),
    }),
    result: z.object({ runId: z.string() }),
  },
  /** The drawing of a trained model that lies at a path. */
  'run.modelAt': {
    to: 'engine',
    params: z.object({ path: z.string().min(1).max(4_096) }),
    result: z.object({ document }),
  },
  /**
   * Looks for a learning rate from the weights that a run begins with: every step's rate, loss and smoothed loss, and the rate to begin with,
   * null where the loss fell nowhere. Refused while a run goes on; cancelling ends it.
   */
  'run.findLearningRate': {
    to: 'engine',
    params: z.object({
      document,
      baseFolder,
      engine: z.enum(['tensorflow', 'onnx']).optional(),
      weights: startWeights.optional(),
    }),
    result: z.object({
      points: z.array(z.object({ rate: z.number(), loss: z.number(), smoothed: z.number() })),
      suggestion: z.number().nullable(),
    }),
  },
  /**
   * Looks at the drawing, its data and this machine before a run: what to know, and what a run will take, by a few real steps.
   * Refused while a run goes on; cancelling ends it.
   */
  'run.check': {
    to: 'engine',
    params: z.object({ document, baseFolder, engine: z.enum(['tensorflow', 'onnx']).optional() }),
    result: z.object({
      problems: z.array(problemSchema),
      engine: z.enum(['tensorflow', 'onnx']),
      /** Of the whole: steps, the last smaller one, validation. Null where memory is short, and no step was taken. */
      secondsPerEpoch: z.number().nullable(),
      epochs: z.int(),
      /** Of pre-training, which comes before. */
      stages: z
        .array(z.object({ block: z.string(), epochs: z.int(), secondsPerEpoch: z.number() }))
        .optional(),
      /** Of memory, most likely. */
      bytes: z.number(),
      parameters: z.int(),
    }),
  },
  /**
   * The line that a run of the drawing is to beat, as it will tell it itself (`pca`), and how many steps it will take: in the
   * background, so that it may be asked before anything is trained. Null where there is no such line. Cancelling ends it.
   */
  'run.target': {
    to: 'engine',
    params: z.object({ document, baseFolder, engine: z.enum(['tensorflow', 'onnx']).optional() }),
    result: z.object({
      line: pcaLine.nullable(),
      steps: z.int(),
    }),
  },
  'run.pause': { to: 'engine', params: z.object({ runId: z.string() }), result: z.object({}) },
  'run.resume': { to: 'engine', params: z.object({ runId: z.string() }), result: z.object({}) },
  'run.stop': { to: 'engine', params: z.object({ runId: z.string() }), result: z.object({}) },
  /** The run going on or the last one, for a window that was reloaded. */
  /** The run going on or the last one, and the drawing that it is of; neither before the first. */
  'run.current': {
    to: 'engine',
    params: z.object({}),
    result: z.object({ run: runSummary.nullable(), document: document.optional() }),
  },
  /**
   * Goes on with the run in a folder, in place of a new one. Where nothing is changed the folder becomes that of the run that
   * goes on, else it stays as it is. For the host alone, as `run.keep`, which is asked next.
   */
  'run.goOn': {
    to: 'engine',
    hostOnly: true,
    params: z.object({
      folder: z.string().min(1),
      changes: goingOnChanges,
      keepOnly: z.boolean(),
    }),
    result: z.object({ runId: z.string(), document, folder: z.string(), passedOver: z.array(problemSchema) }),
  },
  /**
   * Keeps checkpoints of a run in a folder in `runs` of `parent` while it goes on, and writes what came of it once it has
   * ended: drawing, history, pictures and
   * weights; answered when the line of PCA is there too, or called off. Null where the run took no step. For the host
   * alone, which says where; windows are not answered. Asked again, it tells of the same folder.
   */
  'run.keep': {
    to: 'engine',
    hostOnly: true,
    params: z.object({ runId: z.string(), parent: z.string().min(1), note: keepingNoteSchema }),
    result: z.object({ folder: z.string().nullable() }),
  },
  /** The error of every sample that a run was measured on at its end: float32, one a sample. */
  'run.errors': {
    to: 'engine',
    params: z.object({ runId: z.string() }),
    result: z.object({
      groups: z.array(z.object({ name: evaluatedGroupName, metrics: fullMetrics, errors: binary })),
    }),
  },
  /** Measures a run on another data set, as the group `other`. */
  'run.evaluateOther': {
    to: 'engine',
    params: z.object({ runId: z.string(), reference: document, baseFolder }),
    result: z.object({ name: z.string() }),
  },
  /** Some of the samples of a group, by their places among its errors, and what the model makes of them. */
  'run.evaluatedSamples': {
    to: 'engine',
    params: z.object({
      runId: z.string(),
      group: evaluatedGroupName,
      places: z.array(z.int().min(0)).min(1).max(16),
    }),
    result: shownSamples,
  },
  /**
   * Shows these validation samples (places among them) with every later `reconstructions` event, before those that came
   * back worst so far; answered with all of them as the present weights have them, null where there are none or no weights.
   */
  'run.watch': {
    to: 'engine',
    params: z.object({ runId: z.string(), places: z.array(z.int().min(0)).max(12) }),
    result: z.object({ watched: watchedSamples.nullable() }),
  },
  /** The run's reconstructions from its first step on; null where none have been made. */
  'run.film': {
    to: 'engine',
    params: z.object({ runId: z.string() }),
    result: z.object({ film: film.nullable() }),
  },
  /** Runs one sample of the user's own (uint8, the input's shape) through the run's present weights. */
  'run.reconstruct': {
    to: 'engine',
    /** `corrupt`: as the run corrupts its own samples; otherwise the encoder is given it as it is. */
    params: z.object({ runId: z.string(), pixels: binary, corrupt: z.boolean().optional() }),
    result: z.object({
      shape,
      pixels: binary,
      mse: z.number(),
      seen: sampleBlock.optional(),
      /** Whether the run's drawing corrupts its samples. */
      corrupts: z.boolean(),
    }),
  },
} as const;

/** Streams about runs. */
export const runStreams = {
  /** A run's events from the start (or after `after`): a window that joins late sees the whole run. */
  'run.events': { to: 'engine', params: z.object({ runId: z.string(), after: z.int() }), event: runEvent },
} as const;
