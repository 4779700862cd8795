import { describe, expect, it } from 'vitest';
import { BINS, LayerHistory, type LayerRecord, spreadOf } from './layer-histograms';

describe('spreadOf', () => {
  it('counts into even bins, the largest value in the last', () => {
    const spread = spreadOf(Float32Array.from({ length: BINS * 3 + 1 }, (_, at) => at / 3));
    expect(spread).toMatchObject({ least: 0, most: BINS, count: BINS * 3 + 1 });
    expect(spread.mean).toBeCloseTo(BINS / 2, 6);
    expect([...spread.counts]).toEqual([...Array(BINS - 1).fill(3), 4]);
  });

  it('has the mean and the population’s deviation', () => {
    const { mean, deviation } = spreadOf(Float32Array.of(2, 4, 4, 4, 5, 5, 7, 9));
    expect([mean, deviation]).toEqual([5, 2]);
  });

  it('puts a single value into one bin and leaves out what is not finite', () => {
    const spread = spreadOf(Float32Array.of(3, Number.NaN, 3, Number.POSITIVE_INFINITY));
    expect(spread).toMatchObject({ least: 3, most: 3, count: 2, deviation: 0 });
    expect(spread.counts[0]).toBe(2);
    expect(spreadOf(Float32Array.of(Number.NaN))).toMatchObject({ least: 0, most: 0, count: 0 });
  });

  it('takes evenly spaced values of very many', () => {
    const { count, mean } = spreadOf(Float32Array.from({ length: 1_000_000 }, (_, at) => at));
    expect(count).toBeLessThanOrEqual(16_384);
    expect(Math.abs(mean / 499_999.5 - 1)).toBeLessThan(1e-3);
  });
});

it('leaves no channel out where many alternate', () => {
  const channels = 64;
  const { counts } = spreadOf(Float32Array.from({ length: channels * 20_000 }, (_, at) => at % channels));
  expect([...counts].filter((count) => count > 0).length).toBe(BINS);
});

describe('LayerHistory', () => {
  const record = (step: number, epoch = step): ReadonlyMap<string, LayerRecord> => {
    const activations = spreadOf(Float32Array.of(step));
    return new Map([['a', { epoch, step, activations, weights: new Map(), silent: null }]]);
  };

  it('stays bounded, with the first and the last epoch among what it keeps', () => {
    const history = new LayerHistory();
    for (let epoch = 1; epoch <= 1000; epoch++) history.add(record(epoch));
    const epochs = history.of('a').map((each) => each.epoch);
    expect(epochs.length).toBeLessThanOrEqual(129);
    expect([epochs[0], epochs.at(-1)]).toEqual([1, 1000]);
    expect(epochs).toEqual(epochs.toSorted((a, b) => a - b));
  });

  it('lets other weights at the same step take the last ones’ place', () => {
    const history = new LayerHistory();
    for (const step of [1, 2, 2]) history.add(record(step));
    expect(history.of('a').map(({ step }) => step)).toEqual([1, 2]);
    expect(history.of('nothing')).toEqual([]);
  });
});
