import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normals, permutation, philox4x32, uniforms } from './philox';

/** The known answers published with the authors' Random123 library (`kat_vectors`, philox4x32 10). */
const answers = [
  { counter: [0, 0, 0, 0], key: [0, 0], words: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
  {
    counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    words: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  },
  {
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0],
    words: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  },
] as const;

function moments(numbers: Float32Array): { mean: number; deviation: number } {
  const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  const variance = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length;
  return { mean, deviation: Math.sqrt(variance) };
}

describe('philox', () => {
  it.each(answers)('gives the published answer for counter $counter', ({ counter, key, words }) => {
    expect(philox4x32(counter, key)).toEqual(words);
  });

  it('spreads uniforms evenly over [0, 1)', () => {
    const numbers = uniforms(7, 'test', 0, 100_000);
    expect(numbers.every((x) => x >= 0 && x < 1)).toBe(true);
    const { mean, deviation } = moments(numbers);
    expect(mean).toBeCloseTo(0.5, 2);
    expect(deviation).toBeCloseTo(Math.sqrt(1 / 12), 2);
  });

  it('draws normals of mean 0 and deviation 1, 4.6% of them beyond two deviations', () => {
    const numbers = normals(7, 'test', 0, 100_001);
    const { mean, deviation } = moments(numbers);
    expect(Math.abs(mean)).toBeLessThan(0.01);
    expect(deviation).toBeCloseTo(1, 1);
    const beyond = numbers.filter((x) => Math.abs(x) > 2).length / numbers.length;
    expect(beyond).toBeCloseTo(0.0455, 2);
  });

  it('repeats for the same seed, site and step, and differs where one of them does', () => {
    const first = uniforms(1, 'a', 1, 8);
    expect(uniforms(1, 'a', 1, 8)).toEqual(first);
    expect(uniforms(1, 'a', 1, 4)).toEqual(first.slice(0, 4));
    const others = [uniforms(2, 'a', 1, 8), uniforms(1, 'b', 1, 8), uniforms(1, 'a', 2, 8)];
    for (const other of others) expect(other).not.toEqual(first);
  });

  it('permutes without losing or repeating a number', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.nat(500), fc.nat(9), (seed, count, epoch) => {
        const sorted = permutation(seed, 'order', epoch, count).toSorted();
        expect(sorted).toEqual(Int32Array.from({ length: count }, (_, i) => i));
      }),
    );
  });

  it('makes every order of three equally likely', () => {
    const counts = new Map<string, number>();
    const draws = 12_000;
    for (let epoch = 0; epoch < draws; epoch++) {
      const order = permutation(3, 'order', epoch, 3).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    // Chi-squared with 5 degrees of freedom: 20.5 is passed once in a thousand fair trials.
    const expected = draws / 6;
    const deviance = [...counts.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    expect(counts.size).toBe(6);
    expect(deviance).toBeLessThan(20.5);
  });
});
