import { describe, expect, it } from 'vitest';
import { logHistogram } from './histogram';
import { areaUnderRoc, bestCutOff, percentile, ratesAt, rocOf, shareAbove } from './roc';

/** The definition itself: every pair, ties counting half. */
function byPairs(normal: readonly number[], anomalous: readonly number[]): number {
  let sum = 0;
  for (const a of anomalous) for (const n of normal) sum += a > n ? 1 : a === n ? 0.5 : 0;
  return sum / (normal.length * anomalous.length);
}

describe('the area under the receiver operating characteristic', () => {
  it.each([
    ['apart', [1, 2, 3], [4, 5], 1],
    ['the wrong way round', [4, 5], [1, 2], 0],
    ['all alike', [2, 2], [2, 2, 2], 0.5],
    // scikit-learn's own example: roc_auc_score([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).
    ['scikit-learn’s example', [0.1, 0.4], [0.35, 0.8], 0.75],
  ])('of errors %s', (_what, normal, anomalous, area) => {
    expect(areaUnderRoc({ normal, anomalous })).toBeCloseTo(area, 12);
  });

  it('is the share of pairs in the right order, with many ties', () => {
    const numbers = (seed: number, count: number) =>
      Array.from({ length: count }, (_, i) => Math.floor(20 * Math.abs(Math.sin(seed * (i + 1)))));
    const [normal, anomalous] = [numbers(1.3, 60), numbers(2.7, 45).map((x) => x + 3)];
    expect(areaUnderRoc({ normal, anomalous })).toBeCloseTo(byPairs(normal, anomalous), 12);
  });

  it('needs both kinds', () => {
    expect(() => areaUnderRoc({ normal: [], anomalous: [1] })).toThrow(RangeError);
    expect(() => rocOf({ normal: [1], anomalous: [] })).toThrow(RangeError);
  });
});

describe('cut-offs', () => {
  const errors = { normal: [1, 2, 3, 10], anomalous: [4, 5, 6] };

  it('run from nothing to everything', () => {
    const points = rocOf(errors);
    expect(points[0]).toEqual({ cutOff: 10, falsePositiveRate: 0, truePositiveRate: 0 });
    expect(points.at(-1)).toEqual({
      cutOff: Number.NEGATIVE_INFINITY,
      falsePositiveRate: 1,
      truePositiveRate: 1,
    });
    for (const { cutOff, ...rates } of points) expect(ratesAt(errors, cutOff)).toEqual({ cutOff, ...rates });
  });

  it('are best where both rates are farthest apart', () => {
    expect(bestCutOff(errors)).toEqual({ cutOff: 3, falsePositiveRate: 0.25, truePositiveRate: 1 });
  });
});

describe('errors above a cut-off', () => {
  it('are above it, or not: the cut-off itself is not', () => {
    const errors = Float32Array.of(0.25, 2, 1, 1);
    expect(shareAbove(errors, 1)).toBe(0.25);
    expect(shareAbove(errors, 0)).toBe(1);
    expect(shareAbove(new Float32Array(0), 1)).toBe(0);
  });
});

describe('percentile', () => {
  it('is NumPy’s', () => {
    expect(percentile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(percentile([4, 1, 3, 2], 0.95)).toBeCloseTo(3.85);
    expect(percentile([7], 0.95)).toBe(7);
    expect(percentile([], 0.5)).toBeNaN();
  });
});

describe('logHistogram', () => {
  it('counts every error once, in bins even on a logarithmic scale', () => {
    const { edges, counts } = logHistogram([[0, 0.001, 0.01, 0.1], [1]], 3);
    expect(edges.map((edge) => Number(edge.toPrecision(6)))).toEqual([0.001, 0.01, 0.1, 1]);
    expect(counts.map((each) => each.reduce((sum, count) => sum + count))).toEqual([4, 1]);
    expect(counts[1]).toEqual([0, 0, 1]);
  });

  it('has bins where errors are all alike, or none is there', () => {
    expect(logHistogram([[2, 2]], 4).counts[0]?.reduce((sum, count) => sum + count)).toBe(2);
    expect(logHistogram([[], []], 2).counts).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });
});
