import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { Matrix } from 'ml-matrix';
import { PCA } from 'ml-pca';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cancelled } from '../../shared/errors/problem';
import { valueCount } from '../../shared/tensors/shape';
import type { SampleArray } from '../data/dataset';
import { normals } from '../random/philox';
import { fitPca, pcaError } from './pca';

/** Samples near a flat of `rank` dimensions, as most data are: each direction half as strong as the one before. */
function samplesNearFlat(count: number, width: number, rank: number, seed: number): SampleArray {
  const directions = normals(seed, 'directions', 0, rank * width);
  const codes = normals(seed, 'codes', 0, count * rank);
  const noise = normals(seed, 'noise', 0, count * width);
  const values = new Float32Array(count * width);
  for (let row = 0; row < count; row++) {
    for (let at = 0; at < width; at++) {
      let value = 0.5 + 0.003 * noise[row * width + at]!;
      for (let axis = 0; axis < rank; axis++) {
        value += 0.1 * 0.7 ** axis * codes[row * rank + axis]! * directions[axis * width + at]!;
      }
      values[row * width + at] = value;
    }
  }
  return { dtype: 'float32', count, shape: [width], values, labels: null };
}

/** Mostly zeros, as line drawings are. */
function sparseBytes(count: number, width: number): SampleArray {
  const numbers = normals(5, 'sparse', 0, count * width);
  const values = Uint8Array.from(numbers, (number) => (number > 1.3 ? Math.min(255, 90 * number) : 0));
  return { dtype: 'uint8', count, shape: [width], values, labels: null };
}

const all = (samples: SampleArray) => Int32Array.from({ length: samples.count }, (_, index) => index);

/** The mean squared error of `components`, by ml-pca. */
function oracle(samples: SampleArray, components: number): number {
  const width = valueCount(samples.shape);
  const scale = samples.dtype === 'uint8' ? 255 : 1;
  const rows = Array.from({ length: samples.count }, (_, row) =>
    Array.from(samples.values.subarray(row * width, (row + 1) * width), (value) => value / scale),
  );
  const pca = new PCA(rows);
  const back = pca.invert(pca.predict(rows, { nComponents: components }));
  const difference = Matrix.sub(back, new Matrix(rows));
  return difference.norm('frobenius') ** 2 / (samples.count * width);
}

describe('fitPca', () => {
  it.each([
    ['rows gone through', samplesNearFlat(400, 90, 12, 1), 5],
    ['fewer rows than values', samplesNearFlat(40, 120, 12, 2), 8],
    ['one component', samplesNearFlat(300, 30, 6, 3), 1],
    ['bytes, mostly 0', sparseBytes(700, 80), 20],
  ])('reaches the error of ml-pca to 0.5% (%s)', async (_what, samples, components) => {
    const pca = await fitPca(samples, all(samples), components);
    const { mse } = await pcaError(pca, samples, all(samples), {
      losses: [{ loss: 'mse', weight: 1 }],
      peak: 1,
    });
    const best = oracle(samples, components);
    expect(mse).toBeGreaterThan(best * (1 - 1e-6));
    expect(mse).toBeLessThan(best * 1.005);
  });

  it('finds orthonormal directions', async () => {
    const samples = samplesNearFlat(200, 40, 8, 4);
    const { axes } = await fitPca(samples, all(samples), 6);
    for (const [first, a] of (axes ?? []).entries()) {
      for (const [second, b] of (axes ?? []).entries()) {
        const product = a.reduce((sum, value, at) => sum + value * b[at]!, 0);
        expect(product).toBeCloseTo(first === second ? 1 : 0, 9);
      }
    }
  });

  it.each([30, 45])('loses nothing with %i components for 30 values', async (components) => {
    const samples = samplesNearFlat(50, 30, 4, 5);
    const pca = await fitPca(samples, all(samples), components);
    expect(
      (await pcaError(pca, samples, all(samples), { losses: [{ loss: 'mse', weight: 1 }], peak: 1 })).mse,
    ).toBe(0);
  });

  it('does with fewer samples than components, and with samples all alike', async () => {
    const few = samplesNearFlat(5, 30, 4, 6);
    const pca = await fitPca(few, all(few), 10);
    expect(
      (await pcaError(pca, few, all(few), { losses: [{ loss: 'mse', weight: 1 }], peak: 1 })).mse,
    ).toBeLessThan(1e-12);
    const alike: SampleArray = {
      dtype: 'uint8',
      count: 6,
      shape: [30],
      values: new Uint8Array(180).fill(51),
      labels: null,
    };
    const flat = await fitPca(alike, all(alike), 3);
    expect(
      (await pcaError(flat, alike, all(alike), { losses: [{ loss: 'mse', weight: 1 }], peak: 1 })).mse,
    ).toBeLessThan(1e-20);
  });

  it('repeats exactly, and fits on the samples named only', async () => {
    const samples = samplesNearFlat(300, 30, 6, 7);
    const half = all(samples).subarray(0, 150);
    const [once, again] = [await fitPca(samples, half, 4), await fitPca(samples, half, 4)];
    expect(once).toEqual(again);
    expect(once.fittedOn).toBe(150);
    expect((await fitPca(samples, all(samples), 4)).axes).not.toEqual(once.axes);
  });
});

describe('pcaError', () => {
  it('gives the cross-entropy as defined', async () => {
    const samples: SampleArray = {
      dtype: 'uint8',
      count: 2,
      shape: [2],
      values: Uint8Array.of(0, 255, 255, 255),
      labels: null,
    };
    const pca = { mean: Float64Array.of(0.25, 2), axes: [], components: 0, fittedOn: 1 };
    const { mse, loss: bce } = await pcaError(pca, samples, all(samples), {
      losses: [{ loss: 'bce', weight: 1 }],
      peak: 1,
    });
    expect(mse).toBeCloseTo((0.25 ** 2 + 0.75 ** 2 + 1 + 1) / 4, 12);
    // 2 is clipped to 1 − 1e-7.
    expect(bce).toBeCloseTo(-(Math.log(0.75) + Math.log(0.25) + 2 * Math.log(1 - 1e-7)) / 4, 12);
  });
});

describe('the PCA thread', () => {
  let folder = '';
  let workerUrl = new URL('file:///');
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hourglass-pca-'));
    const outfile = join(folder, 'pca-worker.mjs');
    const source = fileURLToPath(new URL('./pca-worker.ts', import.meta.url));
    await build({
      entryPoints: [source],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20.19',
    });
    workerUrl = pathToFileURL(outfile);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('answers as the work done here does, and leaves this thread free', async () => {
    const samples = samplesNearFlat(2000, 100, 10, 8);
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    const pca = await fitPca(samples, all(samples), 6, { workerUrl });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
    expect(pca).toEqual(await fitPca(samples, all(samples), 6));
    const error = await pcaError(
      pca,
      samples,
      all(samples),
      { losses: [{ loss: 'mse', weight: 1 }], peak: 1 },
      { workerUrl },
    );
    expect(error).toEqual(
      await pcaError(pca, samples, all(samples), { losses: [{ loss: 'mse', weight: 1 }], peak: 1 }),
    );
    // The samples themselves were not handed over.
    expect(samples.values.length).toBe(200_000);
  });

  it('stops at once when called off', async () => {
    const samples = samplesNearFlat(3000, 400, 4, 9);
    const abort = new AbortController();
    const work = fitPca(samples, all(samples), 64, { workerUrl, signal: abort.signal });
    setTimeout(() => abort.abort(), 50);
    await expect(work).rejects.toBeInstanceOf(Cancelled);
    await expect(fitPca(samples, all(samples), 4, { signal: abort.signal })).rejects.toBeInstanceOf(
      Cancelled,
    );
  });

  it('reports a thread that dies', async () => {
    const samples = samplesNearFlat(20, 10, 2, 10);
    const broken = { ...samples, values: new Float32Array(200), shape: [10] };
    const dead = pathToFileURL(join(folder, 'dead.mjs'));
    await build({ stdin: { contents: 'process.exit(3)' }, outfile: fileURLToPath(dead) });
    await expect(fitPca(broken, all(broken), 2, { workerUrl: dead })).rejects.toThrow(/ended \(3\)/);
  });
});
