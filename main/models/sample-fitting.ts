import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { Plan } from '../../shared/plan/plan';
import { taskOf } from '../../shared/tasks/catalogue';
import { formatShape, type Shape, sameShape, valueCount } from '../../shared/tensors/shape';
import type { SampleBlock, SampleStream } from '../data/sample-stream';
import type { SampleValues } from './model-runner';
import type { Preprocessing } from './trained-model';

/** How far beyond 0–1 numbers may be that are taken for bytes: what rounding makes. */
const SLACK = 1e-4;

type FittedStream = Pick<SampleStream, 'name' | 'dtype' | 'shape'>;

/**
 * Brings samples of any data set to what a model takes: its scaling, and its shape, where either is a vector of as many
 * values; grey pictures are given to a model that colours.
 */
export class SampleFitting {
  /** What is done that the user should know. */
  readonly notes: readonly string[];
  /** How often each value of a sample is repeated: a grey one as red, green and blue. */
  readonly #repeats: 1 | 3;
  #room = new Float32Array(0);
  #row = 0;

  /** @throws ProblemError where samples of this shape can't be given to the model */
  constructor(
    private readonly stream: FittedStream,
    plan: Pick<Plan, 'outputShape' | 'task'>,
    private readonly preprocessing: Preprocessing,
  ) {
    const { shape, name } = stream;
    const { outputShape: expected, task } = plan;
    const isGrey = taskOf(task.kind).sees === 'grey' && sameShape([...shape.slice(0, -1), 3], expected);
    this.#repeats = isGrey && shape.at(-1) === 1 ? 3 : 1;
    const isSame = sameShape(shape, expected) || this.#repeats === 3;
    const isFlat = [shape, expected].some(({ length }) => length === 1);
    if (!isSame && !(isFlat && valueCount(shape) === valueCount(expected))) {
      const values = { name, shape: formatShape(shape), expected: formatShape(expected) };
      throw new ProblemError(problem('OTHER_DATA_SHAPE', values));
    }
    this.notes = isSame ? [] : [`Samples of ${formatShape(shape)} are taken as ${formatShape(expected)}.`];
  }

  /**
   * @returns the values as the model sees them; good until the next block is fitted
   * @throws ProblemError where numbers that should stand for bytes lie outside 0–1
   */
  fit({ values, count }: Pick<SampleBlock, 'values' | 'count'>): SampleValues {
    const { dtype, scaling } = this.preprocessing;
    if (dtype === 'uint8' && values instanceof Float32Array) this.#checkRange(values, count);
    this.#row += count;
    if (!scaling && this.#repeats === 1) return values;
    const isBytes = values instanceof Uint8Array;
    const fitted = this.#roomFor(values.length * this.#repeats);
    for (let at = 0; at < fitted.length; at++) {
      const value = values[this.#repeats === 1 ? at : Math.floor(at / 3)]!;
      fitted[at] = isBytes ? value / 255 : value;
    }
    if (scaling) {
      const { offset, factor } = scaling;
      const groups = offset.length;
      for (let at = 0; at < fitted.length; at++) {
        fitted[at] = (fitted[at]! - offset[at % groups]!) * factor[at % groups]!;
      }
    }
    return fitted;
  }

  /** Brings what a model made of samples back to the scale of the files, in place. */
  undo(values: Float32Array): Float32Array {
    const { scaling } = this.preprocessing;
    if (!scaling) return values;
    const { offset, factor } = scaling;
    const groups = offset.length;
    for (let at = 0; at < values.length; at++) {
      values[at] = values[at]! / factor[at % groups]! + offset[at % groups]!;
    }
    return values;
  }

  #checkRange(values: Float32Array, count: number): void {
    const at = values.findIndex((value) => value < -SLACK || value > 1 + SLACK);
    if (at < 0) return;
    const row = this.#row + Math.floor(at / (values.length / count));
    throw new ProblemError(problem('MODEL_DATA_RANGE', { name: this.stream.name, row, value: values[at]! }));
  }

  #roomFor(length: number): Float32Array {
    if (this.#room.length < length) this.#room = new Float32Array(length);
    return this.#room.subarray(0, length);
  }
}

/** The shape that pictures are brought to for a model; nothing where its samples are none. */
export function pictureShapeOf({ outputShape }: Pick<Plan, 'outputShape'>): { pictureShape?: Shape } {
  const channels = outputShape[2];
  return outputShape.length === 3 && (channels === 1 || channels === 3) ? { pictureShape: outputShape } : {};
}
