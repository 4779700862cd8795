import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitIndices } from './split';

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const shares = fc.double({ min: 0, max: 0.999, noNaN: true });

describe('splitIndices', () => {
  it('gives every sample to exactly one side, the wanted share to validation, and never empties training', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), shares, seeds, (count, share, seed) => {
        const { train, validation } = splitIndices(count, share, seed);
        const all = [...train, ...validation].sort((a, b) => a - b);
        expect(all).toEqual(Array.from({ length: count }, (_, index) => index));
        expect(train.length).toBeGreaterThan(0);
        if (share > 0 && count > 1) expect(validation.length).toBeGreaterThan(0);
        expect(Math.abs(validation.length - count * share)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('holds nothing out for a share of 0', () => {
    expect(splitIndices(10, 0, 1).validation.length).toBe(0);
  });

  it('repeats for a seed and differs between seeds', () => {
    expect(splitIndices(1000, 0.1, 7)).toEqual(splitIndices(1000, 0.1, 7));
    expect(splitIndices(1000, 0.1, 7).validation).not.toEqual(splitIndices(1000, 0.1, 8).validation);
  });

  it('holds out a fair choice: every part of the set gives about its share', () => {
    const { validation } = splitIndices(10_000, 0.2, 3);
    const parts = new Array<number>(10).fill(0);
    for (const index of validation) {
      const part = Math.floor(index / 1000);
      parts[part] = (parts[part] ?? 0) + 1;
    }
    // 200 expected in each; the standard deviation is about 12.
    for (const count of parts) expect(Math.abs(count - 200)).toBeLessThan(60);
  });
});
