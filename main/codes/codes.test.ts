import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cancelled } from '../../shared/errors/problem';
import { normals } from '../random/philox';
import { codePlane } from './code-plane';
import { codeStatistics } from './code-statistics';
import { describeCodes, embedCodes } from './code-thread';
import { nearestCodes } from './nearest-codes';
import { type UmapProgress, umapEmbedding } from './umap-embedding';

/** Codes around `clusters` places far apart from each other; the cluster of the n-th is n % clusters. */
function clustered(count: number, size: number, clusters: number) {
  const centres = normals(1, 'centres', 0, clusters * size);
  const noise = normals(1, 'noise', 0, count * size);
  const codes = Float32Array.from(noise, (value, at) => {
    const cluster = Math.floor(at / size) % clusters;
    return 6 * (centres[cluster * size + (at % size)] ?? 0) + 0.5 * value;
  });
  return { codes, size };
}

/** The share of points whose nearest point is of their own cluster. */
function purity(points: Float32Array, clusters: number): number {
  const count = points.length / 2;
  const { indices } = nearestCodes({ codes: points, size: 2 }, 2);
  return indices.filter((near, at) => (near[1] ?? -1) % clusters === at % clusters).length / count;
}

/** The median distance that points have moved, in widths of the first layout. */
function moved(before: Float32Array, after: Float32Array): number {
  const distances = Float64Array.from({ length: before.length / 2 }, (_, at) =>
    Math.hypot(before[2 * at]! - after[2 * at]!, before[2 * at + 1]! - after[2 * at + 1]!),
  ).sort();
  const across = before.filter((_, at) => at % 2 === 0);
  return (distances[distances.length >> 1] ?? 0) / (Math.max(...across) - Math.min(...across));
}

function layout(wish: Parameters<typeof umapEmbedding>[0]) {
  const told: UmapProgress[] = [];
  umapEmbedding(wish, (progress) => told.push(progress));
  const last = told.at(-1);
  if (last?.stage !== 'done' || !last.points) throw new Error('The layout did not come to its end.');
  return { told, points: last.points };
}

describe('how codes lie', () => {
  it('is told value by value, and as distances between neighbours', () => {
    // 0, 1, 2 … 99 along the first value; the second is always 5.
    const codes = Float32Array.from({ length: 200 }, (_, at) => (at % 2 === 0 ? at / 2 : 5));
    const { mean, deviation, spacing } = codeStatistics({ codes, size: 2 });
    expect([...mean]).toEqual([expect.closeTo(49.5, 9), expect.closeTo(5, 9)]);
    expect([...deviation]).toEqual([expect.closeTo(28.866, 3), expect.closeTo(0, 9)]);
    expect(spacing).toEqual({ usual: 1, far: 1 });
    expect(codeStatistics({ codes: codes.subarray(0, 2), size: 2 }).spacing).toEqual({ usual: 0, far: 0 });
  });

  it('has a plane of greatest variance', () => {
    const noise = normals(2, 'plane', 0, 3000);
    const scales = [0.1, 4, 2];
    const codes = noise.map((value, at) => value * (scales[at % 3] ?? 0) + 7);
    const given = { codes, size: 3 };
    const plane = codePlane(given, codeStatistics(given));
    expect(Math.abs(plane?.axes[0][1] ?? 0)).toBeGreaterThan(0.99);
    expect(Math.abs(plane?.axes[1][2] ?? 0)).toBeGreaterThan(0.99);
    expect(plane?.shares[0]).toBeCloseTo(16 / 20, 1);
    expect((plane?.shares[0] ?? 0) + (plane?.shares[1] ?? 0)).toBeGreaterThan(0.99);
  });

  it.each([
    ['a single value', 1, [1, 2, 3], null],
    [
      'two values',
      2,
      [1, 2, 3, 4],
      [
        [1, 0],
        [0, 1],
      ],
    ],
  ])('with codes of %s', (_, size, values, axes) => {
    const given = { codes: Float32Array.from(values), size };
    const plane = codePlane(given, codeStatistics(given));
    expect(plane?.axes.map((axis) => [...axis]) ?? null).toEqual(axes);
  });

  it('has a plane also where all codes are alike or on one line', () => {
    for (const values of [new Array<number>(30).fill(2), Array.from({ length: 30 }, (_, at) => at)]) {
      const given = { codes: Float32Array.from(values), size: 3 };
      const plane = codePlane(given, codeStatistics(given));
      const [first = [], second = []] = plane?.axes.map((axis) => [...axis]) ?? [];
      for (const axis of [first, second]) expect(Math.hypot(...axis)).toBeCloseTo(1, 6);
      expect(first).not.toEqual(second);
      expect(plane?.shares.every(Number.isFinite)).toBe(true);
    }
  });
});

describe('nearestCodes', () => {
  it('finds each code itself, and then the nearest others', () => {
    const { indices, distances } = nearestCodes({ codes: Float32Array.of(0, 10, 1, 4, 11), size: 1 }, 3);
    expect(indices).toEqual([
      [0, 2, 3],
      [1, 4, 3],
      [2, 0, 3],
      [3, 2, 0],
      [4, 1, 3],
    ]);
    expect(distances[1]).toEqual([0, 1, 6]);
  });

  it('puts a code first also where others are alike', () => {
    const { indices } = nearestCodes({ codes: new Float32Array(8), size: 2 }, 2);
    expect(indices.map(([own]) => own)).toEqual([0, 1, 2, 3]);
  });
});

describe('UMAP', () => {
  it('keeps clusters together, repeats with its seed, and tells how it goes', () => {
    const given = clustered(300, 8, 5);
    const { points, told } = layout({ ...given, seed: 4, previous: null });
    expect(points.every(Number.isFinite)).toBe(true);
    expect(purity(points, 5)).toBeGreaterThan(0.98);
    expect([...new Set(told.map(({ stage }) => stage))]).toEqual(
      expect.arrayContaining(['neighbours', 'done']),
    );
    expect(layout({ ...given, seed: 4, previous: null }).points).toEqual(points);
    expect(layout({ ...given, seed: 5, previous: null }).points).not.toEqual(points);
  });

  it('keeps the look of a former layout where codes have changed a little', () => {
    const given = clustered(300, 8, 5);
    const { points } = layout({ ...given, seed: 4, previous: null });
    const noise = normals(9, 'drift', 0, given.codes.length);
    const drifted = { codes: given.codes.map((value, at) => value + 0.1 * (noise[at] ?? 0)), size: 8 };
    const again = layout({ ...drifted, seed: 4, previous: points }).points;
    expect(purity(again, 5)).toBeGreaterThan(0.98);
    // Begun afresh, it lies elsewhere.
    expect(moved(points, again)).toBeLessThan(0.1);
  });

  it('does with few codes, and with codes that are all alike', () => {
    for (const codes of [Float32Array.of(1, 2, 3, 9, 8), new Float32Array(40).fill(3)]) {
      expect(layout({ codes, size: 1, seed: 1, previous: null }).points.every(Number.isFinite)).toBe(true);
    }
  });
});

describe('the thread of codes', () => {
  let folder = '';
  let workerUrl = new URL('file:///');
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hourglass-codes-'));
    const outfile = join(folder, 'code-worker.mjs');
    const source = fileURLToPath(new URL('./code-worker.ts', import.meta.url));
    const form = { bundle: true, platform: 'node', format: 'esm', target: 'node20.19' } as const;
    await build({ entryPoints: [source], outfile, ...form });
    workerUrl = pathToFileURL(outfile);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('answers as the work done here does', async () => {
    const given = clustered(400, 6, 4);
    expect(await describeCodes(given, { workerUrl })).toEqual(await describeCodes(given));
    const there: UmapProgress[] = [];
    const wish = { ...given, seed: 3, previous: null };
    await embedCodes(wish, { workerUrl }, (progress) => there.push(progress));
    expect(there.at(-1)?.points).toEqual(layout(wish).points);
  });

  it('stops at once when called off', async () => {
    const abort = new AbortController();
    const wish = { ...clustered(4000, 16, 4), seed: 3, previous: null };
    const since = performance.now();
    const work = embedCodes(wish, { workerUrl, signal: abort.signal }, () => abort.abort());
    await expect(work).rejects.toBeInstanceOf(Cancelled);
    expect(performance.now() - since).toBeLessThan(5_000);
    await expect(describeCodes(wish, { signal: abort.signal })).rejects.toBeInstanceOf(Cancelled);
  });
});
