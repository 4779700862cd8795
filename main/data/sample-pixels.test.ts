import { describe, expect, it } from 'vitest';
import type { SampleArray } from './dataset';
import { fromPixels, samplePixels, shownRange, toPixels } from './sample-pixels';
import { gatherRows } from './sample-rows';

const bytes: SampleArray = {
  dtype: 'uint8',
  count: 3,
  shape: [1, 2, 1],
  values: Uint8Array.of(1, 2, 3, 4, 5, 6),
  labels: null,
};
const floats: SampleArray = { ...bytes, dtype: 'float32', values: Float32Array.of(-2, -1, 0, 1, 2, 6) };

describe('gatherRows', () => {
  it('takes rows in the order asked for, in their own type', () => {
    expect(gatherRows(bytes, [2, 0, 2])).toEqual({
      dtype: 'uint8',
      shape: [3, 1, 2, 1],
      data: Uint8Array.of(5, 6, 1, 2, 5, 6),
    });
    expect(gatherRows(floats, Int32Array.of(1)).data).toEqual(Float32Array.of(0, 1));
  });

  it.each([-1, 3, 0.5, Number.NaN])('refuses the row %d', (index) => {
    expect(() => gatherRows(bytes, [index])).toThrow(RangeError);
  });
});

describe('pixels for the window', () => {
  it('are the bytes themselves for uint8', () => {
    expect(samplePixels(bytes, [1], [0, 1])).toEqual(Uint8Array.of(3, 4));
  });

  it('run from the smallest value to the largest where data leaves 0–1', () => {
    expect(shownRange([0.2, 0.9])).toEqual([0, 1]);
    expect(shownRange([-2, 6])).toEqual([-2, 6]);
    expect(samplePixels(floats, [0, 2], [-2, 6])).toEqual(Uint8Array.of(0, 32, 128, 255));
  });

  it('stay within bytes for what a model may answer', () => {
    expect(toPixels([-3, 0.5, 7, Number.NaN], [0, 1])).toEqual(Uint8Array.of(0, 128, 255, 0));
    expect(toPixels([4, 4], [4, 4])).toEqual(Uint8Array.of(0, 0));
  });

  it('come back as samples in the scale of the data', () => {
    expect(fromPixels(Uint8Array.of(0, 51), 'uint8', [0, 1])).toEqual(Uint8Array.of(0, 51));
    expect([...fromPixels(Uint8Array.of(0, 51, 255), 'float32', [-2, 8])]).toEqual([-2, 0, 8]);
  });
});
