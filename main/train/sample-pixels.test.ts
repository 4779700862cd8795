import { describe, expect, it } from 'vitest';
import type { SampleArray } from '../data/dataset';
import { fromPixels, gatherSamples, pixelScale, toPixels } from './sample-pixels';

const floats = (values: readonly number[]): SampleArray => ({
  dtype: 'float32',
  count: values.length / 2,
  shape: [2],
  values: Float32Array.from(values),
  labels: null,
});

describe('samples as pixels', () => {
  it('shows data between 0 and 1 as it is, and other data over its range', () => {
    expect(pixelScale({ train: floats([0.2, 0.4]), range: [0.2, 0.4] })).toEqual([0, 1]);
    expect(pixelScale({ train: floats([-3, 5]), range: [-3, 5] })).toEqual([-3, 5]);
    expect(pixelScale({ train: floats([7, 7]), range: [7, 7] })).toEqual([7, 8]);
  });

  it('rounds, and clips what lies outside', () => {
    const pixels = toPixels(Float32Array.of(-1, 0, 0.5, 1, 2, Number.NaN, 254.4 / 255, 254.6 / 255), [0, 1]);
    expect([...pixels]).toEqual([0, 0, 128, 255, 255, 0, 254, 255]);
  });

  it('takes pixels back to values', () => {
    const every = Uint8Array.from({ length: 256 }, (_, pixel) => pixel);
    expect(fromPixels(every, 'uint8', [0, 1])).toEqual(every);
    expect(toPixels(fromPixels(every, 'float32', [-3, 5]), [-3, 5])).toEqual(every);
  });

  it('gathers rows in the order asked for', () => {
    expect([...gatherSamples(floats([1, 2, 3, 4, 5, 6]), [2, 0, 2])]).toEqual([5, 6, 1, 2, 5, 6]);
  });
});
