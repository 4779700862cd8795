import type { Plan } from '../../shared/plan/plan';
import { decodeProblem } from '../../shared/plan/skips';
import type { Program, ProgramSet, Value } from '../ops/program';
import { allAxes } from '../ops/shape-rules';
import { assertProgram } from './assert-program';
import { divided, endsOf, fedSamples, networkOn, residentSamples } from './batch-network';
import { batchParts } from './batch-parts';
import { codeDivergence, withDivergence } from './code-divergence';
import { samplesOf, targetsOf } from './colour-target';
import type { CompileOptions } from './compile-options';
import { squaredErrors, weightedLosses } from './losses';
import { type LoweringMode, lowerLayers, outputOf } from './lower-plan';
import { ProgramBuilder } from './program-builder';
import { isCorrupted, uncorrupted } from './seen-samples';
import { weightState } from './weight-state';

type MeasuredBatches = Pick<CompileOptions, 'sample' | 'evaluationBatch' | 'parts' | 'partsApart'>;

/** How samples and codes are given to Programs that read no resident data. */
type FedBatches = Pick<CompileOptions, 'sample' | 'evaluationBatch' | 'reconstructBatch'>;

const EVALUATION: LoweringMode = { training: false };

/** All Programs of a plan that change nothing, as `compile` tells them. */
export function evaluationPrograms(plan: Plan, options: CompileOptions): Program[] {
  return [
    evaluateResident(plan, options),
    evaluateBatch(plan, options),
    reconstructProgram(plan, options),
    ...(isCorrupted(plan) ? [restoreProgram(plan, options)] : []),
    encodeProgram(plan, options),
    ...(decodeProblem(plan) ? [] : [decodeProgram(plan, options)]),
  ];
}

function evaluateResident(plan: Plan, options: CompileOptions): Program {
  return divided(options.evaluationBatch, options, (size, branches) => {
    const build = new ProgramBuilder();
    const samples = residentSamples(build, plan, options, size);
    return build.finish('evaluate', {
      outputs: evaluated(build, plan, samples, branches, [...FIGURES, 'terms']),
    });
  });
}

/** The Program `evaluate-batch` by itself, of a model that is measured and not trained. */
export function measuringProgram(plan: Plan, options: MeasuredBatches): ProgramSet {
  const program = evaluateBatch(plan, options);
  const state = weightState(plan);
  for (const each of [program, ...(program.parts ?? [])]) assertProgram(each, state);
  return { state, programs: [program] };
}

function evaluateBatch(plan: Plan, options: MeasuredBatches): Program {
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

function restoreProgram(plan: Plan, options: FedBatches): Program {
  const build = new ProgramBuilder();
  const samples = fedSamples(build, plan, options, options.reconstructBatch);
  const given = uncorrupted(build, plan, samples);
  const { input, output } = endsOf(plan);
  const values = lowerLayers(build, plan.layers, given, EVALUATION);
  const reconstructions = samplesOf(build, plan, outputOf(values, output), outputOf(given, input));
  return build.finish('restore', { outputs: { reconstructions } });
}

function encodeProgram(plan: Plan, options: FedBatches): Program {
  const build = new ProgramBuilder();
  const samples = fedSamples(build, plan, options, options.evaluationBatch);
  const { code } = endsOf(plan);
  const encoder = plan.layers.slice(0, plan.codeIndex + 1);
  const values = lowerLayers(build, encoder, uncorrupted(build, plan, samples), EVALUATION);
  return build.finish('encode', { outputs: { code: outputOf(values, code) } });
}

function decodeProgram(plan: Plan, options: FedBatches): Program {
  const build = new ProgramBuilder();
  const { code, output } = endsOf(plan);
  const codes = build.feed('code', [options.reconstructBatch, ...plan.codeShape]);
  const decoder = plan.layers.slice(plan.codeIndex + 1);
  const values = lowerLayers(build, decoder, new Map([[code, codes]]), EVALUATION);
  return build.finish('decode', { outputs: { reconstructions: outputOf(values, output) } });
}

/**
 * The Programs of a model that is used and not trained, of batches of one size. Samples are fed as float32, in the scale the
 * model was trained in (bytes as value / 255); nothing is drawn at random, and no corruption changes them:
 *
 * - `encode`: feeds `batch` [count, …sample]; output `code` [count, …code], of a variational code its mean;
 * - `restore`: feeds `batch` likewise; output `reconstructions` [count, …sample];
 * - `decode`: feeds `code` [count, …code]; output `reconstructions`; left out where `decodeProblem` finds that the
 *   decoder needs more than the code.
 */
export function modelPrograms(plan: Plan, count: number): ProgramSet {
  const options = { sample: { dtype: 'float32' }, evaluationBatch: count, reconstructBatch: count } as const;
  const programs = [
    encodeProgram(plan, options),
    restoreProgram(plan, options),
    ...(decodeProblem(plan) ? [] : [decodeProgram(plan, options)]),
  ];
  const state = weightState(plan);
  for (const program of programs) assertProgram(program, state);
  return { state, programs };
}

/** What every evaluation gives out, where the plan has it. */
const FIGURES = ['mse', 'loss', 'divergence'] as const;

type Evaluated = Record<'mse' | 'loss' | 'reconstructions', Value> & {
  readonly seen?: Value;
  readonly covered?: Value;
  readonly divergence?: Value;
  /** Of a weighted sum, each loss of every sample with its weight: [samples, losses]. */
  readonly terms?: Value;
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
      const list = weightedLosses(build, plan.losses, prediction, targetsOf(build, plan, part), meanOfSample);
      const column = (x: Value) => build.add('reshape', [x], { shape: [x.shape[0] ?? 0, 1] });
      const terms = list.length > 1 && build.add('concat', list.map(column), { axis: 1 });
      return {
        mse: meanOfSample(squaredErrors(build, reconstructions, part)),
        loss: withDivergence(build, plan, build.sum(list), divergence),
        reconstructions,
        ...(seen && { seen }),
        ...(covered && { covered }),
        ...(divergence && { divergence }),
        ...(terms && { terms }),
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
