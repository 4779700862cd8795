import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fitPca, pcaError } from '../pca/pca';
import { openDataset, referenceFor } from './open-dataset';
import { shareOut } from './share-out';

/** The developers' data folder beside the project (see its README); absent on a user's machine. */
const place = (name: string) => fileURLToPath(new URL(`../../../shared/data/${name}`, import.meta.url));
const missing = (name: string) => {
  const absent = !existsSync(place(name));
  if (absent) console.warn(`Skipped: ../shared/data/${name} is not on this machine.`);
  return absent;
};
const all = (count: number) => Int32Array.from({ length: count }, (_, index) => index);

describe.skipIf(missing('mnist'))('MNIST', () => {
  it('has 60,000 and 10,000 pictures with their labels, and PCA with 32 components errs by 0.0168', async () => {
    const reference = await referenceFor(place('mnist'));
    expect(reference).toMatchObject({ kind: 'idx', shape: [28, 28, 1] });
    const { train, test, range, fingerprint } = await openDataset(reference, null);
    expect(train).toMatchObject({ dtype: 'uint8', count: 60_000 });
    expect(fingerprint).toBe(reference.fingerprint);
    expect(range).toEqual([0, 1]);
    // How often each digit occurs, as published with the set.
    const tally = (labels: Int32Array | null | undefined) =>
      Array.from({ length: 10 }, (_, digit) => labels?.filter((label) => label === digit).length);
    expect(tally(train.labels)).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    expect(tally(test?.labels)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);

    const pca = await fitPca(train, all(train.count), 32);
    const { mse } = await pcaError(pca, test ?? train, all(10_000), {
      losses: [{ loss: 'mse', weight: 1 }],
      peak: 1,
    });
    expect(mse).toBeCloseTo(0.0168, 4);
    // Some ten seconds on idle cores; this leaves room for a machine that does ten other things.
  }, 240_000);
});

describe.skipIf(missing('cifar10'))('CIFAR-10 as a folder', () => {
  it('gives 2,000 RGB test pictures of 10 classes', async () => {
    const { train, labelNames, notes } = await openDataset(await referenceFor(place('cifar10/test')), null);
    expect(train).toMatchObject({ dtype: 'uint8', count: 2000, shape: [32, 32, 3] });
    expect(labelNames).toHaveLength(10);
    expect(train.labels?.filter((label) => label === 9).length).toBe(200);
    expect(notes).toEqual([]);
  });
});

describe.skipIf(missing('ecg5000'))('ECG5000', () => {
  it('has 500 beats of 140 values, 292 of them normal, of which a fifth is held out for evaluation', async () => {
    const reference = await referenceFor(place('ecg5000/ECG5000_TRAIN.txt'));
    expect(reference).toMatchObject({ kind: 'table', label: 'first', shape: [140], scaling: 'standardise' });
    const dataset = await openDataset(reference, null);
    expect(dataset.train).toMatchObject({ dtype: 'float32', count: 500, shape: [140] });
    const filter = { include: ['1'], heldOut: 0.2 };
    const { train, validation, heldOut, excluded } = shareOut(dataset, filter, {
      validationShare: 0.1,
      seed: 1,
    });
    expect([train.length + validation.length, heldOut.length, excluded.length]).toEqual([234, 58, 208]);
  });
});
