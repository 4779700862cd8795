import { describe, expect, it } from 'vitest';
import { pictureRgba, sampleFromRgba, seriesCourses, vectorBars } from './sample-pixels';

describe('pictureRgba', () => {
  it('takes one sample out of a block and spreads grey over the channels', () => {
    const block = Uint8Array.of(9, 9, 9, 9, 10, 20, 30, 40);
    expect([...pictureRgba(block, [2, 2, 1], 1)]).toEqual([
      10, 10, 10, 255, 20, 20, 20, 255, 30, 30, 30, 255, 40, 40, 40, 255,
    ]);
  });

  it('keeps colours', () => {
    expect([...pictureRgba(Uint8Array.of(1, 2, 3), [1, 1, 3], 0)]).toEqual([1, 2, 3, 255]);
  });
});

describe('vectorBars', () => {
  it('has a bar a value where there is room', () => {
    expect(vectorBars(Uint8Array.of(0, 255, 51), [3], 0, 10)).toEqual([0, 1, 0.2]);
  });

  it('averages the values a bar covers', () => {
    expect(vectorBars(Uint8Array.of(0, 0, 255, 255, 255, 0), [6], 0, 3)).toEqual([0, 1, 0.5]);
  });
});

describe('sampleFromRgba', () => {
  it('comes back to the sample it was drawn from', () => {
    const sample = Uint8Array.from({ length: 27 }, (_, index) => index * 9);
    expect(sampleFromRgba(pictureRgba(sample, [3, 3, 3], 0), [3, 3, 3])).toEqual(sample);
    const grey = Uint8Array.of(0, 127, 128, 255);
    expect(sampleFromRgba(pictureRgba(grey, [2, 2, 1], 0), [2, 2, 1])).toEqual(grey);
  });

  it('lays transparent pixels on black', () => {
    expect([...sampleFromRgba(Uint8ClampedArray.of(255, 255, 255, 0), [1, 1, 1])]).toEqual([0]);
  });
});

it('takes the channels of a series apart, and shortens each to the columns there are', () => {
  // Sample 1 of two: channel 0 rises, channel 1 is white.
  const pixels = Uint8Array.of(9, 9, 9, 9, 9, 9, 9, 9, 0, 255, 51, 255, 102, 255, 153, 255);
  expect(seriesCourses(pixels, [4, 2], 1, 10)).toEqual([
    [0, 0.2, 0.4, 0.6],
    [1, 1, 1, 1],
  ]);
  expect(seriesCourses(pixels, [4, 2], 1, 2)[0]).toEqual([0.1, 0.5]);
});
