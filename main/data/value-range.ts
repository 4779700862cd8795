import type { SampleArray } from './dataset';

/** Smallest and largest value over all arrays: in the 0–1 scale for uint8, as they are for float32. */
export function rangeOf(arrays: readonly SampleArray[]): readonly [min: number, max: number] {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const { values } of arrays) {
    for (let index = 0; index < values.length; index++) {
      const value = values[index]!;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  const scale = arrays[0]?.dtype === 'uint8' ? 255 : 1;
  return [min / scale, max / scale];
}
