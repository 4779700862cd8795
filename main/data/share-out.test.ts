import { describe, expect, it } from 'vitest';
import type { DataFilter } from '../../shared/document/data-reference';
import { shareOut } from './share-out';
import { splitIndices } from './split';
import { problemOf } from './test-files';

const COUNT = 100;
const labels = Int32Array.from({ length: COUNT }, (_, row) => row % 5);
const train = {
  dtype: 'float32',
  count: COUNT,
  shape: [1],
  values: new Float32Array(COUNT),
  labels,
} as const;
const settings = { validationShare: 0.1, seed: 7 };
const share = (
  filter?: DataFilter,
  set: Parameters<typeof shareOut>[0] = { train, labelNames: null },
  seed = 7,
) => shareOut(set, filter, { ...settings, seed });
const sorted = (...lists: readonly Int32Array[]) => lists.flatMap((list) => [...list]).sort((a, b) => a - b);
const all = Array.from({ length: COUNT }, (_, row) => row);

describe('shareOut', () => {
  it('is the plain split without a filter', () => {
    expect(share()).toEqual({
      ...splitIndices(COUNT, 0.1, 7),
      heldOut: new Int32Array(0),
      excluded: new Int32Array(0),
    });
  });

  it('trains on the labels included, holds a share of them out, and keeps the others for evaluation', () => {
    const { train: rows, validation, heldOut, excluded } = share({ include: ['1', '3'], heldOut: 0.2 });
    expect([rows.length, validation.length, heldOut.length, excluded.length]).toEqual([29, 3, 8, 60]);
    for (const row of [...rows, ...validation, ...heldOut]) expect([1, 3]).toContain(labels[row]);
    for (const row of excluded) expect([0, 2, 4]).toContain(labels[row]);
    expect(sorted(rows, validation, heldOut, excluded)).toEqual(all);
  });

  it('holds out the same samples for the same seed, others for another', () => {
    const filter = { include: ['1'], heldOut: 0.5 };
    expect(share(filter)).toEqual(share(filter));
    expect(sorted(share(filter, undefined, 8).heldOut)).not.toEqual(sorted(share(filter).heldOut));
  });

  it('goes by labels excluded, by names, and by rows, all at once', () => {
    const labelNames = ['a', 'b', 'c', 'd', 'e'];
    const filter = { exclude: ['c', 'd', 'e'], rows: { from: 10, to: 20 }, heldOut: 0 };
    const { train: rows, validation, excluded } = share(filter, { train, labelNames });
    expect(sorted(rows, validation)).toEqual([10, 11, 15, 16]);
    expect(excluded.length).toBe(96);
  });

  it('always leaves a sample to train on', () => {
    const { train: rows, heldOut } = share({ rows: { from: 3, to: 5 }, heldOut: 0.99 });
    expect([rows.length, heldOut.length]).toEqual([1, 1]);
  });

  it.each([
    ['an unknown label', { include: ['7'], heldOut: 0 }, 'FILTER_LABEL_UNKNOWN'],
    ['no sample left', { include: ['1'], exclude: ['1'], heldOut: 0 }, 'FILTER_EMPTY'],
    ['rows beyond the data', { rows: { from: 0, to: 101 }, heldOut: 0 }, 'FILTER_ROWS'],
    ['rows the wrong way round', { rows: { from: 9, to: 3 }, heldOut: 0 }, 'FILTER_ROWS'],
  ])('refuses %s', async (_what, filter, code) => {
    expect((await problemOf(Promise.resolve().then(() => share(filter)))).code).toBe(code);
  });

  it('refuses labels where there are none', async () => {
    const bare = { train: { ...train, labels: null }, labelNames: null };
    const refused = Promise.resolve().then(() => share({ include: ['1'], heldOut: 0 }, bare));
    expect((await problemOf(refused)).code).toBe('FILTER_NO_LABELS');
  });
});
