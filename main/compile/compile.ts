import type { Augmentation } from '../../shared/augmentation/augmentation';
import { isFrozen } from '../../shared/blocks/freezing';
import type { WeightSpec } from '../../shared/blocks/layer-ops';
import type { Optimizer } from '../../shared/optimizers/catalogue';
import type { Plan } from '../../shared/plan/plan';
import { decodeProblem } from '../../shared/plan/skips';
import type { Program, ProgramSet, StateSpec, Value } from '../ops/program';
import { allAxes } from '../ops/shape-rules';
import { needsWholeBatch } from './activity-penalties';
import { assertProgram } from './assert-program';
import { assignment } from './assignment';
import { augmented } from './augmentation';
import { batchParts, partSizes } from './batch-parts';
import { codeDivergence, withDivergence } from './code-divergence';
import { samplesOf, targetsOf } from './colour-target';
import { coveredValues } from './covered-values';
import { clipByGlobalNorm } from './gradient-clipping';
import { gradientsOf } from './gradients';
import { squaredErrors, summedLosses, weightedLosses } from './losses';
import { assignedWeights, type LoweringMode, lowerLayers, outputOf, weightName } from './lower-plan';
import { constrainProgram } from './max-norm';
import { optimizerState, optimizerUpdates } from './optimizer-updates';
import { penaltyTerms } from './penalty-terms';
import { ProgramBuilder } from './program-builder';
import { isCorrupted, seenSamples, uncorrupted } from './seen-samples';
import { PROGRAMS_OF_STAGE, stageProgram } from './stage-programs';

export interface CompileOptions {
  /** How samples come. uint8 stands for value / 255 and is scaled in the Program; float32 for itself. */
  readonly sample: { readonly dtype: 'uint8' | 'float32' };
  /** How many samples the resident data holds. */
  readonly dataCount: number;
  readonly batchSize: number;
  /** The size of an epoch's last, smaller batch; 0 where there is none. */
  readonly remainder: number;
  readonly evaluationBatch: number;
  readonly reconstructBatch: number;
  /** Into how many parts the batches of training and evaluation are divided, at most; 1 by default. */
  readonly parts?: number;
  /** Whether each part is a Program of its own (`Program.parts`), and not a branch inside the batch's. */
  readonly partsApart?: boolean;
  readonly optimizer: Optimizer;
  /** How long all gradients together may be at most; any length unless told. */
  readonly clipNorm?: number;
  /** What training steps do to their samples first; evaluation never does. Nothing unless told. */
  readonly augmentation?: Augmentation;
  /** Plans of parts of the drawing, to be trained by themselves on the same state: stages of pre-training. */
  readonly stages?: readonly Plan[];
}

const TRAINING: LoweringMode = { training: true };
const EVALUATION: LoweringMode = { training: false };

/**
 * Compiles an autoencoder to its Programs, every shape static:
 *
 * - `step`: feeds `indices` (int32 [batchSize], rows of the resident data), `learningRate` (float32 []) and, for a
 *   variational code, `beta` (float32 []); output
 *   `loss` [], the mean over samples and values, and where it is a sum its terms: that mean as `reconstruction`, or of a
 *   weighted sum each loss by its type (`ssim`), with its weight, and each charge (`penalty-terms.ts`) by name; updates
 *   every weight after the guard (loss and all gradients);
 * - `step-remainder`: the same for `remainder` indices, only where that is above 0;
 * - `evaluate`: feeds `indices` [evaluationBatch]; outputs `mse` and `loss` of each sample, [evaluationBatch], the
 *   MSE in the data's 0–1 scale, and of a variational code its `divergence` from the standard normal, of each sample and
 *   value, [evaluationBatch, code size];
 * - `evaluate-batch`: the same of the feed `batch` [evaluationBatch, …sample], in the samples' type, and
 *   `reconstructions`, float32, and `seen`, what the encoder is given, where that is not the sample itself; where
 *   a corruption tells, also `covered`, 1 for each value that it changes, else 0;
 * - `reconstruct`: feeds `batch` [reconstructBatch, …sample]; outputs `reconstructions`, float32, and `seen` likewise;
 * - `restore`: as `reconstruct`, but the samples are as they are: only where something corrupts those of the others;
 * - `encode`: feeds `batch` [evaluationBatch, …sample], which no corruption changes; output `code`;
 * - `constrain`: changes weights alone, after each step; only where a layer's weights have a largest norm;
 * - `decode`: feeds `code` [reconstructBatch, …code]; output `reconstructions`; left out where `decodeProblem` finds that
 *   the decoder needs more than the code;
 * - of each stage, those of `PROGRAMS_OF_STAGE` once more (`stage-1/step`).
 */
export function compile(plan: Plan, options: CompileOptions): ProgramSet {
  const weights = trainableState(plan);
  const ofOptimizer = optimizerState(options.optimizer, weights);
  const state = [...weightState(plan), ...ofOptimizer.map(({ name, shape }) => ({ name, shape }))];
  const ofStages = (options.stages ?? []).flatMap((stage, index) =>
    programsOf(stage, options)
      .filter(({ name }) => PROGRAMS_OF_STAGE.has(name))
      .map((program) => ({ ...program, name: stageProgram(index + 1, program.name) })),
  );
  const programs = [...programsOf(plan, options), ...ofStages];
  for (const program of programs) {
    for (const each of [program, ...(program.parts ?? [])]) assertProgram(each, state);
  }
  return { state, programs };
}

/** The Programs of a plan, without those of stages. */
function programsOf(plan: Plan, options: CompileOptions): Program[] {
  const weights = trainableState(plan);
  const constrain = constrainProgram(plan);
  return [
    stepProgram('step', options.batchSize, plan, weights, options),
    ...(options.remainder > 0
      ? [stepProgram('step-remainder', options.remainder, plan, weights, options)]
      : []),
    evaluateResident(plan, options),
    evaluateBatch(plan, options),
    reconstructProgram(plan, options),
    ...(isCorrupted(plan) ? [restoreProgram(plan, options)] : []),
    encodeProgram(plan, options),
    ...(decodeProblem(plan) ? [] : [decodeProgram(plan, options)]),
    ...(constrain ? [constrain] : []),
  ];
}

/** A Program for a whole batch and, where that is to be divided into Programs, those of its parts. */
function divided(
  batch: number,
  { parts = 1, partsApart = false }: CompileOptions,
  build: (size: number, branches: number) => Program,
): Program {
  if (!partsApart) return build(batch, parts);
  const sizes = partSizes(batch, parts);
  const whole = build(batch, 1);
  return sizes.length === 1 ? whole : { ...whole, parts: sizes.map((size) => build(size, 1)) };
}

/** The state tensors of a plan's weights, in the order of its layers: trainable ones, and what layers keep by themselves. */
export function weightState(plan: Plan): StateSpec[] {
  return weightsOf(plan, () => true);
}

/** Those that the optimizer changes: not those of frozen layers. */
export function trainableState({ layers }: Plan): StateSpec[] {
  return weightsOf(
    { layers: layers.filter((layer) => !isFrozen(layer)) },
    ({ trainable = true }) => trainable,
  );
}

function weightsOf({ layers }: Pick<Plan, 'layers'>, wanted: (weight: WeightSpec) => boolean): StateSpec[] {
  return layers.flatMap(({ id, weights }) =>
    weights.filter(wanted).map(({ name, shape }) => ({ name: weightName(id, name), shape })),
  );
}

/** Whether a layer keeps something of each batch, as batch normalisation does. */
function keepsByItself({ layers }: Plan): boolean {
  return layers.some((layer) => !isFrozen(layer) && layer.weights.some(({ trainable = true }) => !trainable));
}

function stepProgram(
  name: string,
  batchSize: number,
  plan: Plan,
  weights: readonly StateSpec[],
  options: CompileOptions,
): Program {
  const { augmentation, clipNorm, partsApart } = options;
  // The norm is that of the whole batch's gradients, as are some penalties; a batch's own statistics are of all its samples.
  const isWhole = clipNorm !== undefined || needsWholeBatch(plan);
  const isOne = keepsByItself(plan) || (isWhole && partsApart);
  const dividing = isOne ? { ...options, parts: 1 } : options;
  return divided(batchSize, dividing, (size, branches) => {
    const build = new ProgramBuilder();
    // The target is moved as the sample is, and corrupted is what has been moved.
    const target = augmented(build, augmentation, residentSamples(build, plan, options, size));
    const learningRate = build.feed('learningRate', []);
    const parts = batchParts(build, target, branches).map(({ samples: part, ...rows }) => {
      const { layers, prediction } = networkOn(build, plan, part, { ...TRAINING, rows });
      // The loss is the mean over the batch: each part's own mean, weighed by its share. Gradients add up by themselves.
      const losses = build.inLayer('output', () => {
        const meanOf = (x: Value) => build.add('reduceMean', [x], { axes: allAxes(x.shape.length) });
        const share = (part.shape[0] ?? 0) / batchSize;
        const wanted = targetsOf(build, plan, part);
        return weightedLosses(build, plan.losses, prediction, wanted, meanOf).map((mean) =>
          share === 1 ? mean : build.add('mul', [mean, build.constant(share)]),
        );
      });
      return { layers, rows, losses };
    });
    const sum = (values: readonly Value[]) => build.inLayer('output', () => build.sum(values));
    const each = plan.losses.map((_, index) => sum(parts.flatMap(({ losses }) => losses[index] ?? [])));
    const penalties = penaltyTerms(build, plan, parts, batchSize);
    const loss = sum([...each, ...Object.values(penalties)]);
    const values = weights.map((weight) => build.read(weight.name, weight.shape));
    const found = gradientsOf(build, loss, values);
    const clipping = clipNorm === undefined ? null : clipByGlobalNorm(build, found, clipNorm);
    const list = clipping?.clipped ?? found;
    const guard = [loss, ...(clipping ? [clipping.norm] : []), ...list];
    const gradients = new Map(weights.map((weight, i) => [weight.name, list[i] ?? loss]));
    const optimized = optimizerUpdates(build, options.optimizer, gradients, learningRate);
    const kept = parts.flatMap(({ layers }) => assignedWeights(plan.layers, layers));
    const updates = [...optimized, ...kept.map(([state, value]) => assignment(state, value))];
    const names = plan.losses.map((term) => (each.length > 1 ? term.loss : 'reconstruction'));
    const terms = { ...Object.fromEntries(each.map((value, index) => [names[index], value])), ...penalties };
    const told = Object.keys(terms).length === 1 ? {} : terms;
    return build.finish(name, { outputs: { loss, ...told }, guard, updates });
  });
}

function evaluateResident(plan: Plan, options: CompileOptions): Program {
  return divided(options.evaluationBatch, options, (size, branches) => {
    const build = new ProgramBuilder();
    const samples = residentSamples(build, plan, options, size);
    return build.finish('evaluate', { outputs: evaluated(build, plan, samples, branches, FIGURES) });
  });
}

function evaluateBatch(plan: Plan, options: CompileOptions): Program {
  return divided(options.evaluationBatch, options, (size, branches) => {
    const build = new ProgramBuilder();
    const samples = fedSamples(build, plan, options, size);
    const wanted = [...FIGURES, 'reconstructions', 'seen', 'covered'] as const;
    const outputs = evaluated(build, plan, samples, branches, wanted);
    return build.finish('evaluate-batch', { outputs });
  });
}

function reconstructProgram(plan: Plan, options: CompileOptions): Program {
  const build = new ProgramBuilder();
  const samples = fedSamples(build, plan, options, options.reconstructBatch);
  const { prediction, seen } = networkOn(build, plan, samples, EVALUATION);
  const reconstructions = samplesOf(build, plan, prediction, seen);
  return build.finish('reconstruct', { outputs: { reconstructions, ...(seen && { seen }) } });
}

function restoreProgram(plan: Plan, options: CompileOptions): Program {
  const build = new ProgramBuilder();
  const samples = fedSamples(build, plan, options, options.reconstructBatch);
  const given = uncorrupted(build, plan, samples);
  const { input, output } = endsOf(plan);
  const values = lowerLayers(build, plan.layers, given, EVALUATION);
  const reconstructions = samplesOf(build, plan, outputOf(values, output), outputOf(given, input));
  return build.finish('restore', { outputs: { reconstructions } });
}

function encodeProgram(plan: Plan, options: CompileOptions): Program {
  const build = new ProgramBuilder();
  const samples = fedSamples(build, plan, options, options.evaluationBatch);
  const { code } = endsOf(plan);
  const encoder = plan.layers.slice(0, plan.codeIndex + 1);
  const values = lowerLayers(build, encoder, uncorrupted(build, plan, samples), EVALUATION);
  return build.finish('encode', { outputs: { code: outputOf(values, code) } });
}

function decodeProgram(plan: Plan, options: CompileOptions): Program {
  const build = new ProgramBuilder();
  const { code, output } = endsOf(plan);
  const codes = build.feed('code', [options.reconstructBatch, ...plan.codeShape]);
  const decoder = plan.layers.slice(plan.codeIndex + 1);
  const values = lowerLayers(build, decoder, new Map([[code, codes]]), EVALUATION);
  return build.finish('decode', { outputs: { reconstructions: outputOf(values, output) } });
}

/** What every layer makes of a batch of samples, the whole network's prediction, and what it is given of them where that is less. */
function networkOn(build: ProgramBuilder, plan: Plan, samples: Value, mode: LoweringMode) {
  const { input, output } = endsOf(plan);
  const given = new Map([[input, seenSamples(build, plan, samples)]]);
  const layers = lowerLayers(build, plan.layers, given, mode);
  return {
    layers,
    prediction: outputOf(layers, output),
    seen: plan.seenId === null ? null : outputOf(layers, plan.seenId),
    covered: coveredValues(build, plan, samples.shape[0] ?? 0, mode),
  };
}

/** The ids of the layers where samples come in, the code stands and predictions go out. */
function endsOf({ layers, codeIndex }: Plan) {
  const [input, code, output] = [layers[0], layers[codeIndex], layers.at(-1)];
  if (!input || !code || !output) throw new Error('A plan has an input, a code and an output.');
  return { input: input.id, code: code.id, output: output.id };
}

/** What every evaluation gives out, where the plan has it. */
const FIGURES = ['mse', 'loss', 'divergence'] as const;

type Evaluated = Record<'mse' | 'loss' | 'reconstructions', Value> & {
  readonly seen?: Value;
  readonly covered?: Value;
  readonly divergence?: Value;
};

/** The mean squared error and the mean loss of every sample, and what the network makes of it. */
function evaluated(
  build: ProgramBuilder,
  plan: Plan,
  samples: Value,
  parts: number,
  wanted: readonly (keyof Evaluated)[],
): Record<string, Value> {
  const list = batchParts(build, samples, parts).map(({ samples: part, ...rows }): Evaluated => {
    const mode = { ...EVALUATION, rows };
    const { layers, prediction, seen, covered } = networkOn(build, plan, part, mode);
    const reconstructions = samplesOf(build, plan, prediction, seen);
    const divergence = codeDivergence(build, plan, layers);
    return build.inLayer('output', () => {
      const meanOfSample = (x: Value) => {
        const axes = allAxes(x.shape.length).slice(1);
        return axes.length > 0 ? build.add('reduceMean', [x], { axes }) : x;
      };
      return {
        mse: meanOfSample(squaredErrors(build, reconstructions, part)),
        loss: withDivergence(
          build,
          plan,
          summedLosses(build, plan.losses, prediction, targetsOf(build, plan, part), meanOfSample),
          divergence,
        ),
        reconstructions,
        ...(seen && { seen }),
        ...(covered && { covered }),
        ...(divergence && { divergence }),
      };
    });
  });
  return Object.fromEntries(
    wanted.flatMap((name) => {
      const [first, ...others] = list.flatMap((each) => each[name] ?? []);
      if (!first) return [];
      const joined = others.length === 0 ? first : build.add('concat', [first, ...others], { axis: 0 });
      return [[name, joined]];
    }),
  );
}

/** Rows of the resident data, at fed indices. */
function residentSamples(build: ProgramBuilder, plan: Plan, options: CompileOptions, count: number): Value {
  return build.inLayer('input', () => {
    const data = build.resident([options.dataCount, ...plan.outputShape], options.sample.dtype);
    return asFloat(build, build.add('takeRows', [data, build.feed('indices', [count], 'int32')]));
  });
}

/** Samples given at each run. */
function fedSamples(build: ProgramBuilder, plan: Plan, options: CompileOptions, count: number): Value {
  const batch = build.feed('batch', [count, ...plan.outputShape], options.sample.dtype);
  return build.inLayer('input', () => asFloat(build, batch));
}

function asFloat(build: ProgramBuilder, samples: Value): Value {
  if (samples.dtype === 'float32') return samples;
  return build.add('mul', [build.add('cast', [samples]), build.constant(1 / 255)]);
}
