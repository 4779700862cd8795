import type { ExportPart } from '../../shared/export/export-part';
import type { Plan } from '../../shared/plan/plan';
import { valueCount } from '../../shared/tensors/shape';
import { endsOf } from '../compile/batch-network';
import { samplesOf } from '../compile/colour-target';
import { lowerLayers, outputOf } from '../compile/lower-plan';
import { ProgramBuilder } from '../compile/program-builder';
import { uncorrupted } from '../compile/seen-samples';
import type { FittedScaling } from '../data/dataset';
import type { Preprocessing } from '../models/trained-model';
import type { Program, Value } from '../ops/program';
import { CODES, RECONSTRUCTIONS, SAMPLES } from './ends';

/** How the encoder's half, and the whole, lower layers: nothing of training acts. */
const MODE = { training: false };

/**
 * What is exported, as a Program: the forward part alone, with what is done to samples before it and undone behind it. The
 * feed `samples` [batch, …sample] has the type and the scale of the files, the output `reconstructions` their scale (float32,
 * bytes from 0 to 255); `codes` are [batch, …code]. What corrupts samples in training leaves them as they are.
 *
 * @param batch how many samples; a format with an open batch axis gives a number that nothing else is a multiple of
 * @throws Error where a decoder is asked for that needs more than codes (`decodeProblem`)
 */
export function forwardProgram(
  plan: Plan,
  part: ExportPart,
  preprocessing: Pick<Preprocessing, 'dtype' | 'scaling'>,
  batch: number,
): Program {
  const build = new ProgramBuilder();
  const { input, code, output } = endsOf(plan);
  if (part === 'decoder') {
    const codes = build.feed(CODES, [batch, ...plan.codeShape]);
    const values = lowerLayers(build, plan.layers.slice(plan.codeIndex + 1), new Map([[code, codes]]), MODE);
    const made = samplesOf(build, plan, outputOf(values, output), null);
    return build.finish(part, { outputs: { [RECONSTRUCTIONS]: undone(build, made, preprocessing) } });
  }
  const files = build.feed(SAMPLES, [batch, ...plan.outputShape], preprocessing.dtype);
  const given = uncorrupted(build, plan, prepared(build, files, preprocessing));
  if (part === 'encoder') {
    const values = lowerLayers(build, plan.layers.slice(0, plan.codeIndex + 1), given, MODE);
    return build.finish(part, { outputs: { [CODES]: outputOf(values, code) } });
  }
  const values = lowerLayers(build, plan.layers, given, MODE);
  const made = samplesOf(build, plan, outputOf(values, output), outputOf(given, input));
  return build.finish(part, { outputs: { [RECONSTRUCTIONS]: undone(build, made, preprocessing) } });
}

/** Samples of files as the model sees them. */
function prepared(
  build: ProgramBuilder,
  files: Value,
  { dtype, scaling }: Pick<Preprocessing, 'dtype' | 'scaling'>,
): Value {
  return build.inLayer('input', () => {
    const floats =
      dtype === 'uint8' ? build.add('mul', [build.add('cast', [files]), build.constant(1 / 255)]) : files;
    if (!scaling) return floats;
    const { offset, factor } = scaling;
    // The offset first, as when it was fitted: numbers far from 0 would lose their digits otherwise.
    return inGroups(build, floats, scaling, (x) =>
      times(
        build,
        plus(
          build,
          x,
          offset.map((each) => -each),
        ),
        factor,
      ),
    );
  });
}

/** What a model makes, in the scale of the files. */
function undone(
  build: ProgramBuilder,
  made: Value,
  { dtype, scaling }: Pick<Preprocessing, 'dtype' | 'scaling'>,
): Value {
  return build.inLayer('output', () => {
    const { offset, factor } = scaling ?? { offset: [], factor: [] };
    const inverse = factor.map((each) => 1 / each);
    const numbers = scaling
      ? inGroups(build, made, scaling, (x) => plus(build, times(build, x, inverse), offset))
      : made;
    return dtype === 'uint8' ? build.add('mul', [numbers, build.constant(255)]) : numbers;
  });
}

/** Does something to values whose last axis is that of the scaling's groups, or that it has none of. */
function inGroups(
  build: ProgramBuilder,
  x: Value,
  { offset }: FittedScaling,
  work: (x: Value) => Value,
): Value {
  const groups = offset.length;
  if (groups === 1 || x.shape.at(-1) === groups) return work(x);
  const flat = build.add('reshape', [x], { shape: [valueCount(x.shape) / groups, groups] });
  return build.add('reshape', [work(flat)], { shape: x.shape });
}

function plus(build: ProgramBuilder, x: Value, numbers: readonly number[]): Value {
  const [only = 0] = numbers;
  if (numbers.length === 1) return build.add('add', [x, build.constant(only)]);
  return build.add('biasAdd', [x, build.constant(numbers)]);
}

function times(build: ProgramBuilder, x: Value, numbers: readonly number[]): Value {
  const [only = 0] = numbers;
  if (numbers.length === 1) return build.add('mul', [x, build.constant(only)]);
  return build.add('scaleChannels', [x, build.constant(numbers)]);
}
