import { z } from 'zod';
import { dataSchema, SCALINGS } from '../document/data-reference';
import { measures } from '../measures/catalogue';
import { draftSchema } from './draft-schema';
import { keepingNoteSchema, keptHistorySchema, keptRunId, keptRunSchema } from './kept-run-schemas';
import {
  layerExportSchema,
  layerLookSchema,
  layerRecordSchema,
  layerSampleSchema,
  layerValuesSchema,
  runLayerSchema,
} from './layer-schemas';
import { fileAnswerSchema, fileQuestionSchema, shellMenuSchema, shellRequestSchema } from './shell-schemas';

/**
 * Every call and every stream between the window and what is behind it, once, with schemas. Types, client,
 * server and run-time checks derive from this file. Handlers do not know which transport carries them.
 *
 * Calls go to one of two places: `host` calls (files, engine status) are answered by the program that opened the
 * window and live on when the engine dies; `engine` calls are forwarded to the engine process.
 */

/** A binary array in a frame: travels beside the JSON, never inside it. */
const binary = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'expected binary data');
const shape = z.array(z.int().min(1)).min(1).max(4);
/** `held-out` and `excluded`: what a filter keeps out of training. */
const split = z.enum(['train', 'validation', 'test', 'held-out', 'excluded']);

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

const engineDescription = z.object({
  name: z.enum(['tensorflow', 'onnx']),
  version: z.string(),
  device: z.literal('cpu'),
  threads: z.int(),
});

export const engineReport = z.object({
  /** The engine new runs use. */
  active: engineDescription,
  available: z.array(engineDescription),
  /** Engines that are absent, why, and how to get them. */
  missing: z.array(z.object({ name: z.enum(['tensorflow', 'onnx']), reason: z.string(), cure: z.string() })),
  node: z.string(),
  cores: z.int(),
});

/** A data set as the window knows it; the samples stay in the engine. */
const datasetSummary = z.object({
  datasetId: z.string(),
  name: z.string(),
  shape,
  dtype: z.enum(['uint8', 'float32']),
  counts: z.record(split, z.int()),
  range: z.tuple([z.number(), z.number()]),
  /** `count`: how many samples, of both sets, have it; `used`: how many are trained on or validated with. */
  labels: z.array(z.object({ label: z.int(), name: z.string(), count: z.int(), used: z.int() })),
  /** Of a table: the names of all columns in the file. */
  columns: z.array(z.string()).nullable(),
  fingerprint: z.string(),
  notes: z.array(z.string()),
});

/** Pictures or vectors for the window: uint8, count × shape. */
const sampleBlock = z.object({ count: z.int(), shape, pixels: binary });

/** Samples, what the encoder is given of them where that is less, and what the model makes of them. */
const shownSamples = z.object({
  originals: sampleBlock,
  seen: sampleBlock.optional(),
  reconstructions: sampleBlock,
});

/** Further validation samples that are shown beside the fixed ones. */
const watchedSamples = shownSamples.extend({
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
const film = z.object({
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

const runSummary = z.object({
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
});

const metrics = z.object({
  mse: z.number(),
  loss: z.number(),
  /** Of a variational code: how far each of its values diverges from the standard normal, in nats. */
  divergence: z.array(z.number()).optional(),
});
const measured = z.partialRecord(z.enum(measures.map(({ type }) => type)), z.number());
/** At the end of a run, by every measure. */
const fullMetrics = metrics.extend({
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
const evaluatedGroupName = z.enum(['validation', 'test', 'heldOut', 'excluded', 'other']);

/** How well errors tell anomalous samples from normal ones. */
const anomalies = z.object({
  normal: z.int(),
  anomalous: z.int(),
  /** The area under the receiver operating characteristic. */
  auc: z.number(),
  /** The error that 95% of the normal samples stay below, and what it does. */
  cutOff: z.number(),
  falsePositiveRate: z.number(),
  truePositiveRate: z.number(),
});

/**
 * What a training loss is the sum of: the error as `reconstruction`, or of a weighted sum each loss by its type, with its
 * weight; and each charge by name.
 */
const terms = z.record(z.string(), z.number());

/** How many units of a code that is charged for its activity keep their mean activity between `from` and `to`. */
const activity = z.object({
  layer: z.string(),
  mean: z.number(),
  units: z.int(),
  from: z.number(),
  to: z.number(),
  share: z.number(),
});

const runEvent = z.discriminatedUnion('kind', [
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
  /** The error of PCA with as many components as the code has values, on the validation samples. */
  z.object({
    kind: z.literal('pca'),
    components: z.int(),
    validation: fullMetrics,
    test: fullMetrics.nullable(),
    /** As PCA finds anomalies. */
    auc: z.number().optional(),
  }),
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

/** The codes of samples not trained on, and how they lie. */
const codeCloud = z.object({
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

const fileEntry = z.object({
  name: z.string(),
  path: z.string(),
  kind: z.enum(['folder', 'file']),
  size: z.number(),
  modified: z.number(),
});

const document = z.record(z.string(), z.unknown());
/** Where relative data paths start: the folder of the document, or null for an unsaved one. */
const baseFolder = z.string().nullable();

export const contract = {
  calls: {
    'host.describe': {
      to: 'host',
      params: z.object({}),
      result: z.object({
        version: z.string(),
        shell: z.enum(['browser', 'electron']),
        home: z.string(),
        examples: z.string(),
        /** What the window and its host run on. */
        versions: z.array(z.object({ name: z.string(), version: z.string() })),
        logFolder: z.string(),
      }),
    },
    // `shell.*`: for the window's own shell, where that is a desktop app. Browser hosts have no answer.
    /** The menus of this window; told anew whenever something in them changes. */
    'shell.showMenus': {
      to: 'host',
      params: z.object({ menus: z.array(shellMenuSchema).max(12) }),
      result: z.object({}),
    },
    /** What is drawn in this window: for its frame, and so that a file is open in one window only. */
    'shell.showDocument': {
      to: 'host',
      params: z.object({ path: z.string().nullable(), edited: z.boolean(), untouched: z.boolean() }),
      result: z.object({}),
    },
    /** Asks in the system's own dialog; null where the user called it off. */
    'shell.askForFile': {
      to: 'host',
      params: fileQuestionSchema,
      result: z.object({ answer: fileAnswerSchema }),
    },
    /** Brings the other window forward in which this file is open, if there is one. */
    'shell.showIfOpen': {
      to: 'host',
      params: z.object({ path: z.string().min(1) }),
      result: z.object({ shown: z.boolean() }),
    },
    'shell.openWindow': { to: 'host', params: z.object({}), result: z.object({}) },
    'shell.openLogFolder': { to: 'host', params: z.object({}), result: z.object({}) },
    /** To a request that has a number. `asking`: the user is being asked, however long that takes. */
    'shell.answer': {
      to: 'host',
      params: z.object({ number: z.int(), answer: z.enum(['asking', 'yes', 'no']) }),
      result: z.object({}),
    },
    /**
     * Trains a drawing with one code size after the other, each run kept; refused while a run or a sweep goes on. What becomes
     * of it tells the stream `host.sweep`; its runs are paused and resumed as others are.
     */
    'sweep.start': {
      to: 'host',
      params: z.object({
        document,
        baseFolder,
        sizes: z.array(z.int().min(1)).min(2).max(12),
        epochs: z.int().min(1).max(100_000),
      }),
      result: z.object({ sweepId: z.string() }),
    },
    /** Stops the sweep and the run of it that goes on, which is kept. */
    'sweep.stop': { to: 'host', params: z.object({}), result: z.object({}) },
    'files.list': {
      to: 'host',
      params: z.object({ path: z.string() }),
      result: z.object({ path: z.string(), parent: z.string().nullable(), entries: z.array(fileEntry) }),
    },
    'files.read': {
      to: 'host',
      params: z.object({ path: z.string() }),
      result: z.object({ path: z.string(), text: z.string(), hash: z.string() }),
    },
    /** Atomic. `expectedHash`: what the file held when last read; null where it must be new or is meant to be replaced. */
    'files.write': {
      to: 'host',
      params: z.object({ path: z.string(), text: z.string(), expectedHash: z.string().nullable() }),
      result: z.object({ path: z.string(), hash: z.string() }),
    },
    /** Ends the engine, whatever it is doing, and starts it anew. The run going on is lost. */
    'host.restartEngine': { to: 'host', params: z.object({}), result: z.object({}) },
    /** Begins to fetch TensorFlow (`host.tensorflow` tells how it goes), also after a failure. */
    'host.fetchTensorFlow': { to: 'host', params: z.object({}), result: z.object({}) },
    /** Calls the fetching off; the answer comes when nothing of it goes on any more. */
    'host.cancelTensorFlow': { to: 'host', params: z.object({}), result: z.object({}) },
    /** The drawings last opened or saved, newest first: full paths. */
    'files.recent': { to: 'host', params: z.object({}), result: z.object({ files: z.array(z.string()) }) },
    /** Unsaved changes, kept apart from the user's files until `drafts.forget`, or for ever. */
    'drafts.keep': { to: 'host', params: draftSchema, result: z.object({}) },
    'drafts.forget': { to: 'host', params: draftSchema.pick({ id: true }), result: z.object({}) },
    /** What windows of this app, and of apps that have ended, left; newest first. */
    'drafts.list': { to: 'host', params: z.object({}), result: z.object({ drafts: z.array(draftSchema) }) },
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
    'run.start': {
      to: 'engine',
      params: z.object({ document, baseFolder, engine: z.enum(['tensorflow', 'onnx']).optional() }),
      result: z.object({ runId: z.string() }),
    },
    /**
     * Looks for a learning rate from fresh weights: every step's rate, loss and smoothed loss, and the rate to begin with,
     * null where the loss fell nowhere. Refused while a run goes on; cancelling ends it.
     */
    'run.findLearningRate': {
      to: 'engine',
      params: z.object({ document, baseFolder, engine: z.enum(['tensorflow', 'onnx']).optional() }),
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
        /** Of the whole: steps, the last smaller one, validation. */
        secondsPerEpoch: z.number(),
        epochs: z.int(),
        /** Of pre-training, which comes before. */
        stages: z
          .array(z.object({ block: z.string(), epochs: z.int(), secondsPerEpoch: z.number() }))
          .optional(),
        /** Of memory, at the least. */
        bytes: z.number(),
        parameters: z.int(),
      }),
    },
    'run.pause': { to: 'engine', params: z.object({ runId: z.string() }), result: z.object({}) },
    'run.resume': { to: 'engine', params: z.object({ runId: z.string() }), result: z.object({}) },
    'run.stop': { to: 'engine', params: z.object({ runId: z.string() }), result: z.object({}) },
    /** The run going on or the last one, for a window that was reloaded. */
    'run.current': { to: 'engine', params: z.object({}), result: z.object({ run: runSummary.nullable() }) },
    /**
     * Writes what came of a run into a new folder in `runs` of `parent`, once it has ended: drawing, history, pictures and
     * weights; answered when the line of PCA is there too, or called off. Null where the run took no step. For the host
     * alone, which says where; windows are not answered. Asked again, it tells of the same folder.
     */
    'run.keep': {
      to: 'engine',
      hostOnly: true,
      params: z.object({ runId: z.string(), parent: z.string().min(1), note: keepingNoteSchema }),
      result: z.object({ folder: z.string().nullable() }),
    },
    /** The runs that were kept, newest first; what could not be read of them; and how many are kept. */
    'runs.list': {
      to: 'host',
      params: z.object({}),
      result: z.object({
        runs: z.array(keptRunSchema),
        passedOver: z.array(z.object({ id: z.string(), reason: z.string() })),
        /** Beyond the newest `newest`, and beyond `bytes` in all, the oldest without a star are removed. */
        rule: z.object({ newest: z.int(), bytes: z.number() }),
        folder: z.string(),
      }),
    },
    /** One kept run: its drawing, with data paths relative to `folder`, and what charts are made of. */
    'runs.open': {
      to: 'host',
      params: z.object({ id: keptRunId }),
      result: z.object({ run: keptRunSchema, folder: z.string(), document, history: keptHistorySchema }),
    },
    /** A kept run's reconstructions over its steps; null where none were kept. */
    'runs.film': {
      to: 'host',
      params: z.object({ id: keptRunId }),
      result: z.object({ film: film.nullable() }),
    },
    /** Names a kept run, or gives or takes its star. */
    'runs.label': {
      to: 'host',
      params: z.object({
        id: keptRunId,
        name: z.string().max(200).optional(),
        starred: z.boolean().optional(),
      }),
      result: z.object({}),
    },
    /** Removes kept runs with all that was kept of them, for good. */
    'runs.remove': {
      to: 'host',
      params: z.object({ ids: z.array(keptRunId).min(1).max(1000) }),
      result: z.object({}),
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
    /** The codes of the watched samples (float32, one after the other), and how the values of codes are spread. */
    'run.codes': {
      to: 'engine',
      params: z.object({ runId: z.string() }),
      result: z.object({
        size: z.int(),
        count: z.int(),
        codes: binary,
        mean: z.array(z.number()),
        deviation: z.array(z.number()),
        /** Why no code can be decoded by itself, where that is so. */
        problem: z.string().nullable(),
      }),
    },
    /** Samples made of codes: float32, at most 64 one after the other. */
    'run.decode': {
      to: 'engine',
      params: z.object({ runId: z.string(), codes: binary }),
      result: sampleBlock,
    },
    /** A run's layers, and the samples whose representations can be looked at: places of its validation samples. */
    'run.layers': {
      to: 'engine',
      params: z.object({ runId: z.string() }),
      result: z.object({
        layers: z.array(runLayerSchema),
        samples: z.int(),
        group: z.enum(['validation', 'train']),
        /** What can be exported for, with how many samples. */
        groups: z.array(z.object({ group: z.enum(['validation', 'test', 'train']), count: z.int() })),
        dataShape: shape,
      }),
    },
    /** Some of these samples. */
    'run.layerSamples': {
      to: 'engine',
      params: z.object({ runId: z.string(), offset: z.int().min(0), count: z.int().min(1).max(64) }),
      result: sampleBlock.extend({ labels: z.array(z.int()) }),
    },
    /** What a layer of the run's present weights gives out for a sample. */
    'run.layerActivations': {
      to: 'engine',
      params: z.object({ runId: z.string(), layerId: z.string(), sample: layerSampleSchema }),
      result: layerValuesSchema.extend({ step: z.int() }),
    },
    /** The present weights of a layer. */
    'run.layerWeights': {
      to: 'engine',
      params: z.object({ runId: z.string(), layerId: z.string() }),
      result: z.object({
        step: z.int(),
        weights: z.array(layerValuesSchema.extend({ name: z.string() })),
      }),
    },
    /** How a layer's weights and what it gives out were spread at the ends of epochs, as far as there was time to record it. */
    'run.layerHistory': {
      to: 'engine',
      params: z.object({ runId: z.string(), layerId: z.string() }),
      result: z.object({ samples: z.int(), records: z.array(layerRecordSchema) }),
    },
    /** Writes what a layer gives out into a file (NPY or CSV, by its ending). For the host alone, as `run.keep`. */
    'run.exportLayer': {
      to: 'engine',
      hostOnly: true,
      params: layerExportSchema,
      result: z.object({ path: z.string(), rows: z.int(), shape }),
    },
    /** The same, for a file that the user has chosen. Whole or not at all; cancelling leaves nothing. */
    'files.exportLayer': {
      to: 'host',
      params: layerExportSchema,
      result: z.object({ path: z.string(), rows: z.int(), shape }),
    },
    /** Some of the samples of `run.codeClouds`, by their places there, and what the model makes of them now. */
    'run.codeSamples': {
      to: 'engine',
      params: z.object({ runId: z.string(), places: z.array(z.int().min(0)).min(1).max(16) }),
      result: z.object({
        originals: sampleBlock,
        seen: sampleBlock.optional(),
        reconstructions: sampleBlock,
      }),
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
  },
  streams: {
    /** `up` again after a restart has a new `generation`. The notice of a death comes within 2 s. */
    'host.engine': {
      to: 'host',
      params: z.object({}),
      event: z.object({
        state: z.enum(['starting', 'up', 'down']),
        generation: z.int(),
        reason: z.string().optional(),
        /** Seconds since the engine last answered; absent while it does. It may be in a step that takes so long. */
        silentFor: z.int().optional(),
      }),
    },
    /** Whether TensorFlow is on this machine, and how its fetching goes. `ready`: the next run may train with it. */
    'host.tensorflow': {
      to: 'host',
      params: z.object({}),
      event: z.discriminatedUnion('state', [
        /** `allowed`: whether it may be fetched. */
        z.object({
          state: z.literal('absent'),
          reason: z.string(),
          cure: z.string(),
          allowed: z.boolean(),
        }),
        /** `done` and `total` in bytes, of this step; null where they are not known. */
        z.object({
          state: z.literal('fetching'),
          doing: z.string(),
          done: z.number().nullable(),
          total: z.number().nullable(),
        }),
        z.object({ state: z.literal('ready') }),
        z.object({ state: z.literal('failed'), reason: z.string(), cure: z.string() }),
      ]),
    },
    /** Told whenever something about the kept runs has changed; `failure`: why the last run could not be kept. */
    'host.runs': {
      to: 'host',
      params: z.object({}),
      event: z.object({ revision: z.int(), failure: problemSchema.nullable() }),
    },
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
    /** What the desktop shell wants of this window's page. */
    'shell.requests': { to: 'host', params: z.object({}), event: shellRequestSchema },
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
    /** What a run's blocks make of the sample at a place, as it changes; only the newest is told. Ends with the run's weights. */
    'run.layerLooks': {
      to: 'engine',
      params: z.object({ runId: z.string(), place: z.int().min(0) }),
      event: layerLookSchema,
    },
    /**
     * The codes of samples not trained on: now, after each epoch and at the end, the newest where the reader is slow. The
     * stream ends with the run.
     */
    'run.codeClouds': { to: 'engine', params: z.object({ runId: z.string() }), event: codeCloud },
    /**
     * Lays the codes last told by `run.codeClouds` out by UMAP. `previous`: where they lay before (float32, codes × 2), so
     * that they begin there; null where they begin from the plane of PCA.
     */
    'run.codeEmbedding': {
      to: 'engine',
      params: z.object({
        runId: z.string(),
        seed: z.int().min(0).max(0xffff_ffff),
        previous: binary.nullable(),
      }),
      event: z.object({
        /** Of the codes. */
        step: z.int(),
        stage: z.enum(['neighbours', 'layout', 'placing', 'done']),
        done: z.int(),
        total: z.int(),
        /** float32, codes × 2, NaN for those without a place yet; null where nothing has changed. */
        points: binary.nullable(),
      }),
    },
    /** A run's events from the start (or after `after`): a window that joins late sees the whole run. */
    'run.events': { to: 'engine', params: z.object({ runId: z.string(), after: z.int() }), event: runEvent },
  },
} as const;

type Contract = typeof contract;
export type CallName = keyof Contract['calls'];
export type StreamName = keyof Contract['streams'];
export type CallParams<C extends CallName> = z.infer<Contract['calls'][C]['params']>;
export type CallResult<C extends CallName> = z.infer<Contract['calls'][C]['result']>;
export type StreamParams<S extends StreamName> = z.infer<Contract['streams'][S]['params']>;
export type StreamEvent<S extends StreamName> = z.infer<Contract['streams'][S]['event']>;
export type RunEvent = z.infer<typeof runEvent>;
export type EvaluatedGroupName = z.infer<typeof evaluatedGroupName>;
export type Anomalies = z.infer<typeof anomalies>;
export type CodeCloud = z.infer<typeof codeCloud>;
export type RunSummary = z.infer<typeof runSummary>;
export type DatasetSummary = z.infer<typeof datasetSummary>;
export type Film = z.infer<typeof film>;
export type ShownSamples = z.infer<typeof shownSamples>;
export type WatchedSamples = z.infer<typeof watchedSamples>;
export type { KeptRun } from './kept-run-schemas';
export type EngineReport = z.infer<typeof engineReport>;
