import { valueCount } from '../../shared/tensors/shape';
import type { Tensor } from '../execute/executor';
import type { SampleArray } from './dataset';

/**
 * The samples at `indices`, in their own type, as one batch: indices × shape of a sample.
 *
 * @throws RangeError for an index that is not in the set
 */
export function gatherRows(samples: SampleArray, indices: ArrayLike<number>): Tensor {
  const valuesEach = valueCount(samples.shape);
  const size = indices.length * valuesEach;
  const data = samples.dtype === 'uint8' ? new Uint8Array(size) : new Float32Array(size);
  for (let row = 0; row < indices.length; row++) {
    const index = indices[row] ?? -1;
    if (!Number.isInteger(index) || index < 0 || index >= samples.count) {
      throw new RangeError(`Sample ${index} was asked for; there are ${samples.count}.`);
    }
    data.set(samples.values.subarray(index * valuesEach, (index + 1) * valuesEach), row * valuesEach);
  }
  return { dtype: samples.dtype, shape: [indices.length, ...samples.shape], data };
}

/** The numbers of all rows. */
export function allRows({ count }: Pick<SampleArray, 'count'>): Int32Array {
  return Int32Array.from({ length: count }, (_, row) => row);
}

/** Row numbers for a whole batch: the first is repeated where there are too few. */
export function filledRows(rows: Int32Array, length: number): Int32Array {
  if (rows.length === length) return rows;
  const whole = new Int32Array(length).fill(rows[0] ?? 0);
  whole.set(rows);
  return whole;
}

/** What the values of samples stand for: uint8 for value / 255. */
export function inOwnScale({ data }: Pick<Tensor, 'data'>): Float32Array {
  return data instanceof Float32Array ? data : Float32Array.from(data, (value) => value / 255);
}

/** The samples at `indices` as `gatherRows` has them, as numbers in their own scale: float32. */
export function floatRows(samples: SampleArray, indices: ArrayLike<number>): Tensor {
  const rows = gatherRows(samples, indices);
  return { dtype: 'float32', shape: rows.shape, data: inOwnScale(rows) };
}
