import { type Problem, ProblemError } from '../../shared/errors/problem';
import type { Plan } from '../../shared/plan/plan';
import { decodeProblem } from '../../shared/plan/skips';
import { valueCount } from '../../shared/tensors/shape';
import { modelPrograms } from '../compile/evaluation-programs';
import type { Executor, ModelSession } from '../execute/executor';
import { evaluationBatchFor } from '../train/run-preparation';
import { planOfModel } from './model-plan';
import type { TrainedModel } from './trained-model';
import { assertWeights } from './weight-problems';

/** Batches no larger than this, unless told: larger ones are hardly faster. */
const BATCH = 500;

export interface RunnerOptions {
  /** How many samples the engine is given at a time: fewer for few samples. As fits the model unless told, at most 500. */
  readonly batch?: number;
  readonly threads?: number;
}

/** Values of samples: float32 as the model sees them (scaled), or bytes, which stand for value / 255. */
export type SampleValues = Float32Array | Uint8Array;

/**
 * A trained model in an engine, without its data. Each call takes any number of samples or codes, one behind the other in
 * row-major order, and gives out as many; calls run one at a time. Nothing is drawn at random: dropout and noise are off,
 * what corrupts samples leaves them as they are, and a variational code is its mean. Tasks that show the encoder less than
 * the sample (its brightness) take whole samples here too.
 */
export interface ModelRunner {
  readonly plan: Plan;
  /** How many samples the engine is given at a time. Any number may be given to the calls; multiples of it are cheapest. */
  readonly batch: number;
  /** Why `decode` can't be asked, where the decoder needs more than the code; null where it can. */
  readonly decodeProblem: Problem | null;
  /** @param samples count × plan.outputShape @returns count × plan.codeShape */
  encode(samples: SampleValues): Promise<Float32Array>;
  /**
   * @param codes count × plan.codeShape @returns count × plan.outputShape, as the model makes them (scaled)
   * @throws ProblemError where codes alone make no samples (`decodeProblem`)
   */
  decode(codes: Float32Array): Promise<Float32Array>;
  /** @param samples count × plan.outputShape @returns as many, as the model makes them (scaled) */
  reconstruct(samples: SampleValues): Promise<Float32Array>;
  /** Frees the engine's memory. Later calls reject. */
  dispose(): Promise<void>;
}

/**
 * Puts a model into an engine; only what it needs to be used is compiled.
 *
 * @throws ProblemError where its weights do not fit its drawing, or the engine refuses it
 */
export async function runModel(
  executor: Executor,
  { document, weights }: Pick<TrainedModel, 'document' | 'weights'>,
  { batch, threads }: RunnerOptions = {},
): Promise<ModelRunner> {
  const plan = planOfModel({ document });
  assertWeights(plan, weights);
  const count = batch ?? evaluationBatchFor(plan, BATCH, BATCH);
  const session = await executor.load(modelPrograms(plan, count), weights, { threads });
  return new SessionRunner(session, plan, count);
}

class SessionRunner implements ModelRunner {
  readonly decodeProblem: Problem | null;
  readonly #sampleSize: number;
  readonly #codeSize: number;

  constructor(
    private readonly session: ModelSession,
    readonly plan: Plan,
    readonly batch: number,
  ) {
    this.decodeProblem = decodeProblem(plan);
    this.#sampleSize = valueCount(plan.outputShape);
    this.#codeSize = valueCount(plan.codeShape);
  }

  encode(samples: SampleValues): Promise<Float32Array> {
    const { outputShape } = this.plan;
    return this.#run(
      { program: 'encode', feed: 'batch', shape: outputShape, output: 'code' },
      samples,
      this.#codeSize,
    );
  }

  async decode(codes: Float32Array): Promise<Float32Array> {
    if (this.decodeProblem) throw new ProblemError(this.decodeProblem);
    const { codeShape } = this.plan;
    return this.#run(
      { program: 'decode', feed: 'code', shape: codeShape, output: 'reconstructions' },
      codes,
      this.#sampleSize,
    );
  }

  reconstruct(samples: SampleValues): Promise<Float32Array> {
    const { outputShape } = this.plan;
    return this.#run(
      { program: 'restore', feed: 'batch', shape: outputShape, output: 'reconstructions' },
      samples,
      this.#sampleSize,
    );
  }

  dispose(): Promise<void> {
    return this.session.dispose();
  }

  /** Batch by batch; the last one is filled up with its first row, and what comes of the filling is left out. */
  async #run(
    { program, feed, shape, output }: ProgramUse,
    values: SampleValues,
    sizeOut: number,
  ): Promise<Float32Array> {
    const sizeIn = valueCount(shape);
    const count = values.length / sizeIn;
    if (!Number.isInteger(count)) {
      throw new RangeError(`${values.length} values are no whole number of rows of ${sizeIn}.`);
    }
    const result = new Float32Array(count * sizeOut);
    for (let start = 0; start < count; start += this.batch) {
      const present = Math.min(this.batch, count - start);
      const data = asFloats(values, start * sizeIn, present * sizeIn, this.batch * sizeIn);
      for (let row = present; row < this.batch; row++) data.copyWithin(row * sizeIn, 0, sizeIn);
      const batch = { dtype: 'float32', shape: [this.batch, ...shape], data } as const;
      const { outputs } = await this.session.run(program, { [feed]: batch });
      const made = outputs[output]?.data;
      if (!made) throw new Error(`The program “${program}” gave out no “${output}”.`);
      result.set(made.subarray(0, present * sizeOut), start * sizeOut);
    }
    return result;
  }
}

interface ProgramUse {
  readonly program: string;
  /** The name of what it is fed, and the shape of one row. */
  readonly feed: string;
  readonly shape: readonly number[];
  readonly output: string;
}

/** What bytes stand for, exactly as Programs scale them: a float32 product, not a quotient. */
const OF_BYTES = Float32Array.from({ length: 256 }, (_, byte) => byte * Math.fround(1 / 255));

/** `length` values from `start` on as floats, at the front of an array of `room`. */
function asFloats(values: SampleValues, start: number, length: number, room: number): Float32Array {
  if (values instanceof Float32Array && length === room) return values.subarray(start, start + length);
  const floats = new Float32Array(room);
  if (values instanceof Float32Array) floats.set(values.subarray(start, start + length));
  else for (let at = 0; at < length; at++) floats[at] = OF_BYTES[values[start + at]!]!;
  return floats;
}
