import { describe, expect, it } from 'vitest';
import { downscalingMixing, gaussianMixing } from './resampling';

/** What an axis becomes. */
const mixed = (values: readonly number[], matrix: readonly number[]) =>
  values.map((_, to) =>
    values.reduce((sum, value, from) => sum + value * (matrix[from * values.length + to] ?? 0), 0),
  );

describe('resampling', () => {
  it('repeats the means of patches, the last of what is left', () => {
    expect(mixed([1, 3, 5, 9, 4], downscalingMixing(2, 'nearest')(5))).toEqual([2, 2, 7, 7, 4]);
  });

  it('draws straight lines between their centres, level beyond the outermost', () => {
    expect(mixed([1, 3, 5, 9, 4, 6], downscalingMixing(2, 'bilinear')(6))).toEqual([
      2, 3.25, 5.75, 6.5, 5.5, 5,
    ]);
  });

  it.each([1, 2, 3, 64])('leaves what is even as it is (factor %i)', (factor) => {
    for (const method of ['nearest', 'bilinear'] as const) {
      for (const value of mixed(Array(7).fill(2), downscalingMixing(factor, method)(7))) {
        expect(value).toBeCloseTo(2, 12);
      }
    }
    for (const value of mixed(Array(7).fill(2), gaussianMixing(factor)(7))) expect(value).toBeCloseTo(2, 12);
  });
});
