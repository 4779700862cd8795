import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import { valueCount } from '../../shared/tensors/shape';
import type { Executor } from '../execute/executor';
import { runModel } from '../models/model-runner';
import type { TrainedModel } from '../models/trained-model';
import { uniforms } from '../random/philox';
import { type DrawnModel, drawModel } from './draw-model';
import { IMPORT_LIMITS, type ImportLimits } from './import-limits';
import { openOnnx } from './onnx/run-onnx';
import { type ForeignFile, readForeign } from './read-foreign';
import { productsOf, runForeign } from './run-foreign';

/** How far the drawing's output is from the model's own. */
interface ImportCheck {
  /** What ran the model: `ONNX Runtime 1.30.0`, or `Hourglass’ own arithmetic`. */
  readonly by: string;
  readonly samples: number;
  readonly largestDifference: number;
  readonly largestOutput: number;
}

/** A model of another program, as a drawing with its weights. */
export interface ImportedModel {
  readonly model: TrainedModel;
  readonly format: ForeignFile['format'];
  readonly madeBy: string;
  /** What in it is not as the file has it, and what was chosen; sentences for the user. */
  readonly notes: readonly string[];
  readonly check: ImportCheck;
}

/** Samples by which the drawing is held against the model; of large ones, our own arithmetic takes fewer. */
const MOST_SAMPLES = 4;
/** Products that our own arithmetic does in some ten seconds. */
const PRODUCTS = 2e9;
/** How far they may be apart, of the largest output (1 at least). */
const TOLERANCE = 1e-4;

/**
 * Reads a model of another program, draws it, and holds what the drawing gives against what the model gives.
 *
 * @throws ProblemError that names everything in the way, or where the two differ
 */
export async function importModel(
  path: string,
  executor: Executor,
  limits: ImportLimits = IMPORT_LIMITS,
): Promise<ImportedModel> {
  const file = await readForeign(path, limits);
  const drawn = drawModel(file.model);
  const check = await compared(file, drawn, executor);
  const { largestDifference, largestOutput } = check;
  if (!(largestDifference <= TOLERANCE * Math.max(1, largestOutput))) {
    const values = { difference: largestDifference.toPrecision(3), largest: largestOutput.toPrecision(3) };
    throw new ProblemError(problem('IMPORT_DIFFERS', values));
  }
  const { format, model } = file;
  return { model: drawn.model, format, madeBy: model.madeBy, notes: drawn.notes, check };
}

async function compared(file: ForeignFile, drawn: DrawnModel, executor: Executor): Promise<ImportCheck> {
  const { model, order } = drawn;
  const { scale, offset } = drawn.rescale ?? { scale: 1, offset: 0 };
  const size = valueCount(model.document.data.shape);
  const run = await runnerOf(file);
  const affordable = Math.floor(PRODUCTS / productsOf(file.model.layers));
  const samples = run.isOwn ? Math.min(Math.max(affordable, 1), MOST_SAMPLES) : MOST_SAMPLES;
  const random = uniforms(1, 'import', 0, samples * size);
  // As the file's model takes them, in our order: whole numbers where it takes bytes.
  const takesBytes = file.format === 'onnx' && file.model.ends.inputType === BYTES;
  const own = Float64Array.from(random, (value) =>
    takesBytes ? Math.round(255 * value) : (value - offset) / scale,
  );
  const runner = await runModel(executor, model, { batch: samples });
  let ours: Float32Array;
  try {
    ours = await runner.reconstruct(Float32Array.from(own, (value) => value * scale + offset));
  } finally {
    await runner.dispose();
  }
  const isUndone =
    file.model.layers.findLast(({ kind }) => kind !== 'reshape' && kind !== 'permute')?.kind === 'rescale';
  let [largestDifference, largestOutput] = [0, 0];
  for (let sample = 0; sample < samples; sample++) {
    const place = (index: number) => sample * size + (order?.[index] ?? index);
    const given = Float64Array.from({ length: size }, (_, index) => own[place(index)] ?? 0);
    for (const [index, expected] of (await run.run(given)).entries()) {
      const got = ours[place(index)] ?? Number.NaN;
      const difference = Math.abs((isUndone ? (got - offset) / scale : got) - expected);
      // A NaN is never the smaller.
      if (!(difference <= largestDifference)) largestDifference = difference;
      largestOutput = Math.max(largestOutput, Math.abs(expected));
    }
  }
  await run.end();
  return { by: run.by, samples, largestDifference, largestOutput };
}

/** `TensorProto.DataType.UINT8`. */
const BYTES = 2;

interface ForeignRunner {
  readonly by: string;
  /** Whether it is our own arithmetic. */
  readonly isOwn: boolean;
  /** One sample in the model's own order. */
  run(
    sample: Float64Array,
  ): Promise<ArrayLike<number> & Iterable<number> & { entries(): Iterable<[number, number]> }>;
  end(): Promise<void>;
}

/** The program the model is for, where it is here; else our own arithmetic, which follows the definitions. */
async function runnerOf({ path, format, model }: ForeignFile): Promise<ForeignRunner> {
  if (format === 'onnx') {
    const session = await openOnnx(path, model);
    if (session) return { ...session, isOwn: false };
  }
  const { layers } = model;
  return {
    by: 'Hourglass’ own arithmetic',
    isOwn: true,
    run: (sample) => runForeign(layers, sample),
    end: async () => {},
  };
}
