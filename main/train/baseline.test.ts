import { describe, expect, it } from 'vitest';
import { baselineOf } from './baseline';

const sample = Float32Array.of(1, 0, 0, 0.5, 0.5, 0.5);

describe('baselines', () => {
  it('take what the encoder was given as it is', () => {
    const seen = Float32Array.of(1, 2);
    expect(baselineOf('seen', () => [])?.(sample, seen)).toBe(seen);
    expect(baselineOf('seen', () => [])?.(sample, null)).toBeNull();
  });

  it('tint grey with the mean colour, which no other constant colour betters', () => {
    const tinted = baselineOf('oneColour', () => [sample])?.(sample, null);
    // The red pixel has a brightness of 0.299; half of what is left is the mean of both pixels' colours.
    const expected = [0.701 / 2, -0.299 / 2, -0.299 / 2];
    expect([...(tinted ?? [])].map((value, i) => value - (i < 3 ? 0.299 : 0.5))).toEqual(
      [...expected, ...expected].map((value) => expect.closeTo(value, 6)),
    );
  });

  it('are not there for tasks without one', () => {
    expect(baselineOf(undefined, () => [sample])).toBeNull();
  });
});
