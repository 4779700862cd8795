import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Shape } from '../../shared/tensors/shape';
import type { SampleArray } from './dataset';
import { constantPlaces, fitScaling, scaledDataset, scaledRange, scaleSamples, undoScaling } from './scaling';

const samples = (values: readonly number[], shape: Shape): SampleArray => ({
  dtype: 'float32',
  count: values.length / shape.reduce((product, length) => product * length, 1),
  shape,
  values: Float32Array.from(values),
  labels: null,
});
const rows = (...list: number[]) => Int32Array.from(list);

describe('scaling', () => {
  // Row 2 is no training sample: 100 must not count.
  const table = samples([1, 10, 3, 30, 100, 100], [2]);

  it('standardises each column by the training rows alone, as scikit-learn does', () => {
    const scaling = fitScaling('standardise', table, rows(0, 1));
    expect(scaling).toEqual({ kind: 'standardise', offset: [2, 20], factor: [1, 0.1] });
    expect([...scaleSamples(scaling, table).values]).toEqual([-1, -1, 1, 1, 98, 8]);
    expect(scaledRange(scaling, table)).toEqual([-1, 98]);
    expect([...scaleSamples(scaling, table, rows(2, 0)).values]).toEqual([98, 8, -1, -1]);
  });

  it('brings each column to 0–1 by the training rows alone', () => {
    const scaling = fitScaling('min-max', table, rows(0, 1));
    expect([...scaleSamples(scaling, table).values]).toEqual([0, 0, 1, 1, 49.5, 4.5]);
  });

  it('scales all values of a series or picture together', () => {
    const series = samples([1, 3, 5, 7], [2, 1]);
    const scaling = fitScaling('min-max', series, rows(0, 1));
    expect(scaling.offset).toEqual([1]);
    for (const [index, value] of scaleSamples(scaling, series).values.entries()) {
      expect(value).toBeCloseTo(index / 3, 6);
    }
  });

  it('moves a column that never changes to 0, and leaves no infinity behind', () => {
    const still = samples([5, 1, 5, 2, 6, 3], [2]);
    for (const kind of ['standardise', 'min-max'] as const) {
      const scaling = fitScaling(kind, still, rows(0, 1));
      expect(scaling.offset[0]).toBe(5);
      expect(scaling.factor[0]).toBe(1);
      expect(scaleSamples(scaling, still).values[4]).toBe(1);
    }
    expect(constantPlaces(still, rows(0, 1))).toEqual([0]);
    expect(constantPlaces(still, rows(0, 1, 2))).toEqual([]);
  });

  it('is undone exactly, to float32', () => {
    const number = fc.float({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number, number), { minLength: 2, maxLength: 9 }), (list) => {
        const set = samples(list.flat(), [3]);
        const fittedOn = rows(...list.keys());
        for (const kind of ['standardise', 'min-max'] as const) {
          const scaling = fitScaling(kind, set, fittedOn);
          const back = undoScaling(scaling, scaleSamples(scaling, set).values as Float32Array);
          const largest = Math.max(1e-30, ...set.values.map(Math.abs));
          for (const [index, value] of back.entries()) {
            expect(Math.abs(value - set.values[index]!) / largest).toBeLessThan(1e-6);
          }
        }
      }),
    );
  });

  it('scales the test samples too, and leaves bytes and unscaled data alone', () => {
    const rest = { name: 't', labelNames: null, range: [1, 100] as const, fingerprint: '', notes: [] };
    const dataset = { ...rest, train: table, test: samples([2, 20], [2]) };
    const scaled = scaledDataset(dataset, 'standardise', rows(0, 1));
    expect([...(scaled.test?.values ?? [])]).toEqual([0, 0]);
    expect(scaled.range).toEqual([-1, 98]);
    expect(scaledDataset(dataset, 'none', rows(0, 1))).toBe(dataset);
    const bytes = {
      ...rest,
      train: { ...table, dtype: 'uint8' as const, values: new Uint8Array(6) },
      test: null,
    };
    expect(scaledDataset(bytes, 'standardise', rows(0, 1))).toBe(bytes);
  });
});
