import type { Plan } from '../../shared/plan/plan';
import type { Program, Value } from '../ops/program';
import { partSizes } from './batch-parts';
import type { CompileOptions } from './compile-options';
import { coveredValues } from './covered-values';
import { type LoweringMode, lowerLayers, outputOf } from './lower-plan';
import type { ProgramBuilder } from './program-builder';
import { seenSamples } from './seen-samples';

/** A Program for a whole batch and, where that is to be divided into Programs, those of its parts. */
export function divided(
  batch: number,
  { parts = 1, partsApart = false }: Pick<CompileOptions, 'parts' | 'partsApart'>,
  build: (size: number, branches: number) => Program,
): Program {
  if (!partsApart) return build(batch, parts);
  const sizes = partSizes(batch, parts);
  const whole = build(batch, 1);
  return sizes.length === 1 ? whole : { ...whole, parts: sizes.map((size) => build(size, 1)) };
}

/** What every layer makes of a batch of samples, the whole network's prediction, and what it is given of them where that is less. */
export function networkOn(build: ProgramBuilder, plan: Plan, samples: Value, mode: LoweringMode) {
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
export function endsOf({ layers, codeIndex }: Plan) {
  const [input, code, output] = [layers[0], layers[codeIndex], layers.at(-1)];
  if (!input || !code || !output) throw new Error('A plan has an input, a code and an output.');
  return { input: input.id, code: code.id, output: output.id };
}

/** Rows of the resident data, at fed indices. */
export function residentSamples(
  build: ProgramBuilder,
  plan: Plan,
  options: CompileOptions,
  count: number,
): Value {
  return build.inLayer('input', () => {
    const data = build.resident([options.dataCount, ...plan.outputShape], options.sample.dtype);
    return asFloat(build, build.add('takeRows', [data, build.feed('indices', [count], 'int32')]));
  });
}

/** Samples given at each run. */
export function fedSamples(
  build: ProgramBuilder,
  plan: Plan,
  options: Pick<CompileOptions, 'sample'>,
  count: number,
): Value {
  const batch = build.feed('batch', [count, ...plan.outputShape], options.sample.dtype);
  return build.inLayer('input', () => asFloat(build, batch));
}

function asFloat(build: ProgramBuilder, samples: Value): Value {
  if (samples.dtype === 'float32') return samples;
  return build.add('mul', [build.add('cast', [samples]), build.constant(1 / 255)]);
}
