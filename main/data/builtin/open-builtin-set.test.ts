import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Cancelled } from '../../../shared/errors/problem';
import { valueCount } from '../../../shared/tensors/shape';
import { problemOf } from '../test-files';
import { builtinSets } from './builtin-sets';
import { openBuiltinSet } from './open-builtin-set';

const sha256 = (values: ArrayLike<number>) =>
  createHash('sha256').update(Uint8Array.from(values)).digest('hex');

describe.each(builtinSets)('$name', ({ name, shape, labelNames }) => {
  it('draws as many samples as asked for and a tenth as many for testing', async () => {
    const { train, test } = await openBuiltinSet(name, 205, {});
    expect(train).toMatchObject({ dtype: 'uint8', count: 205, shape });
    expect(train.values.length).toBe(205 * valueCount(shape));
    expect(test?.count).toBe(21);
  });

  it('shows every class, about equally often, and labels them right from the first', async () => {
    const { train } = await openBuiltinSet(name, 2000, {});
    const counts = labelNames.map((_, label) => train.labels?.filter((one) => one === label).length ?? 0);
    const expected = 2000 / labelNames.length;
    for (const count of counts) expect(Math.abs(count - expected)).toBeLessThan(0.4 * expected);
  });

  it('draws sample 5 alike whatever the count, and no two samples alike', async () => {
    const few = await openBuiltinSet(name, 10, {});
    const many = await openBuiltinSet(name, 400, {});
    const size = valueCount(shape);
    expect(few.train.values.subarray(5 * size, 6 * size)).toEqual(
      many.train.values.subarray(5 * size, 6 * size),
    );
    const all = [many.train, many.test].flatMap((set) =>
      set
        ? Array.from({ length: set.count }, (_, index) =>
            sha256(set.values.subarray(index * size, (index + 1) * size)),
          )
        : [],
    );
    expect(new Set(all).size).toBe(440);
  });

  it('fills the scale without drowning in it', async () => {
    const { train, range } = await openBuiltinSet(name, 300, {});
    expect(range[0]).toBeLessThan(0.05);
    expect(range[1]).toBe(1);
    const sum = Array.from(train.values).reduce((total, value) => total + value, 0);
    const mean = sum / train.values.length / 255;
    expect(mean).toBeGreaterThan(0.05);
    expect(mean).toBeLessThan(0.8);
  });

  it('is the same byte for byte as when this edition was drawn', async () => {
    const { train, test } = await openBuiltinSet(name, 300, {});
    expect({ train: sha256(train.values), test: sha256(test?.values ?? []) }).toMatchSnapshot();
  });

  it('reports progress up to the end, and stops when called off', async () => {
    const abort = new AbortController();
    const seen: number[] = [];
    await openBuiltinSet(name, 350, { onProgress: ({ done, total }) => seen.push(done / total) });
    expect(seen.at(-1)).toBe(1);
    const work = openBuiltinSet(name, 5000, { signal: abort.signal, onProgress: () => abort.abort() });
    await expect(work).rejects.toBeInstanceOf(Cancelled);
  });

  it.each([0, 9, 100_001, 12.5, Number.NaN])('refuses %d samples', async (count) => {
    expect((await problemOf(openBuiltinSet(name, count, {}))).code).toBe('BUILTIN_COUNT');
  });
});

describe('openBuiltinSet', () => {
  it('draws pictures that look like their class: the nearest class mean is mostly the right one', async () => {
    const { train, test, labelNames } = await openBuiltinSet('digits-and-shapes', 3000, {});
    const size = valueCount(train.shape);
    const means = (labelNames ?? []).map(() => new Float64Array(size));
    const counts = means.map(() => 0);
    for (let index = 0; index < train.count; index++) {
      const label = train.labels?.[index] ?? 0;
      counts[label] = (counts[label] ?? 0) + 1;
      for (let at = 0; at < size; at++) means[label]![at]! += train.values[index * size + at]!;
    }
    for (const [label, mean] of means.entries())
      for (let at = 0; at < size; at++) mean[at]! /= counts[label]!;
    let right = 0;
    for (let index = 0; index < (test?.count ?? 0); index++) {
      const distances = means.map((mean) =>
        mean.reduce((sum, value, at) => sum + (value - test!.values[index * size + at]!) ** 2, 0),
      );
      if (distances.indexOf(Math.min(...distances)) === test?.labels?.[index]) right += 1;
    }
    // By chance it would be 20 of 300.
    expect(right).toBeGreaterThan(170);
  });

  it('has a fingerprint by name and count', async () => {
    const [a, b, c] = await Promise.all(
      [10, 10, 11].map((count) => openBuiltinSet('colour-scenes', count, {})),
    );
    expect(a?.fingerprint).toBe(b?.fingerprint);
    expect(a?.fingerprint).not.toBe(c?.fingerprint);
  });

  it('refuses an unknown name', async () => {
    expect((await problemOf(openBuiltinSet('cats', 100, {}))).code).toBe('BUILTIN_UNKNOWN');
  });
});
