import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DocumentBlock, GraphDocument, TrainingSettings } from '../../shared/document/graph-document';
import { emptyDocument, newBlock } from '../../shared/document/new-document';
import { ProblemError } from '../../shared/errors/problem';
import { floatsOfBytes } from '../../shared/ipc/float-bytes';
import type { LayerLook } from '../../shared/ipc/layer-schemas';
import type { Dataset } from '../data/dataset';
import { openNpy } from '../data/npy/open-npy';
import type { Executor } from '../execute/executor';
import { enginesHere } from '../execute/fixtures/engines-here';
import { uniforms } from '../random/philox';
import { TrainingRun } from './training-run';

const SIDE = 6;
const SIZE = SIDE * SIDE;

function dataset(count = 200, testCount = 24): Dataset {
  const samples = (seed: number, many: number): Dataset['train'] => {
    const values = Uint8Array.from(uniforms(seed, 'bars', 0, many * SIZE), (x) => 255 * x);
    const labels = Int32Array.from({ length: many }, (_, at) => at % 3);
    return { dtype: 'uint8', count: many, shape: [SIDE, SIDE, 1], values, labels };
  };
  return {
    name: 'Noise',
    train: samples(7, count),
    test: samples(8, testCount),
    labelNames: null,
    range: [0, 1],
    fingerprint: 'noise',
    notes: [],
  };
}

const dense = [newBlock('dense', 'dense-1', { units: 24 }), newBlock('code', 'code', { size: 6 })];

function drawing(
  training: Partial<TrainingSettings> = {},
  blocks: readonly DocumentBlock[] = dense,
): GraphDocument {
  const empty = emptyDocument();
  const all = [newBlock('input', 'input'), ...blocks];
  return {
    ...empty,
    blocks: all,
    wires: all.slice(1).map(({ id }, at) => ({ from: all[at]?.id ?? '', to: id })),
    training: { ...empty.training, batchSize: 16, epochs: 3, learningRate: 0.01, ...training },
  };
}

const open: TrainingRun[] = [];
let folder: string | null = null;
afterEach(async () => {
  for (const run of open.splice(0)) await run.dispose();
  if (folder) await rm(folder, { recursive: true, force: true });
  folder = null;
});

function prepared(executor: Executor, document = drawing(), data = dataset()) {
  const run = new TrainingRun({
    ...{ document, dataset: data, executor },
    onEvent: () => {},
    options: { pca: false },
  });
  open.push(run);
  return run;
}

async function trained(executor: Executor, document = drawing(), data = dataset()) {
  const run = prepared(executor, document, data);
  run.start();
  await run.finished;
  return run;
}

const always = async () => true;

describe.each(enginesHere('what layers give out'))('on %s', (_, create) => {
  let executor: Executor;
  beforeAll(async () => {
    executor = await create();
  });

  it('tells the layers, and what they give out: the dense layer’s as worked out by hand, the output’s as reconstructed', async () => {
    const run = await trained(executor);
    const { layers, samples, group, groups } = run.layers.describe();
    expect(layers.map(({ id }) => id)).toContain('dense-1′');
    expect([samples, group]).toEqual([20, 'validation']);
    expect(groups.map(({ group: name, count }) => [name, count])).toEqual([
      ['validation', 20],
      ['test', 24],
      ['train', 180],
    ]);
    const now = run.weightsNow();
    const sample = { kind: 'place', place: 3 } as const;
    const valuesOf = async (id: string) =>
      floatsOfBytes((await run.layers.activations(now, id, sample)).values);
    const input = await valuesOf('input');
    const { pixels } = run.layers.samples(3, 1);
    expect([...input].map((value) => Math.round(255 * value))).toEqual([...pixels]);

    const told = await run.layers.weights(now, 'dense-1');
    const [kernel, bias] = ['kernel', 'bias'].map((name) =>
      floatsOfBytes(told.weights.find((weight) => weight.name === name)?.values ?? new Uint8Array()),
    );
    const byHand = Array.from({ length: 24 }, (_, unit) => {
      const sum = input.reduce((total, x, at) => total + x * (kernel?.[at * 24 + unit] ?? 0), 0);
      return Math.max(0, sum + (bias?.[unit] ?? 0));
    });
    const found = await valuesOf('dense-1');
    expect(Math.max(...found.map((value, at) => Math.abs(value - (byHand[at] ?? 0))))).toBeLessThan(1e-5);

    const { reconstructions } = await run.reconstructions();
    const output = await valuesOf('output');
    const shown = reconstructions.pixels.subarray(3 * SIZE, 4 * SIZE);
    expect(Math.max(...output.map((value, at) => Math.abs(255 * value - (shown[at] ?? 0))))).toBeLessThan(
      0.51,
    );
  });

  it('tells looks while it trains, and a last one with the weights it ends with and the time of every layer', async () => {
    const run = prepared(executor, drawing({ epochs: 60 }));
    const looks: LayerLook[] = [];
    let ended = false;
    run.layers.watch(
      2,
      (look) => looks.push(look),
      () => {
        ended = true;
      },
    );
    run.start();
    await run.finished;
    await expect.poll(() => looks.at(-1)?.times?.length ?? 0, { timeout: 20_000 }).toBeGreaterThan(0);
    const last = looks.at(-1);
    expect(last?.step).toBe(run.history().steps);
    expect(looks.length).toBeGreaterThan(2);
    const sizes = last?.thumbnails.map(({ count, height, width }) => count * height * width) ?? [];
    expect(last?.pixels.length).toBe(sizes.reduce((sum, size) => sum + size, 0));
    expect(last?.thumbnails.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      'input picture',
      'dense-1~flatten bars',
      'dense-1 bars',
      'code bars',
      'code′ bars',
      'dense-1′ bars',
      'dense-1~flatten′ maps',
      'output picture',
    ]);
    // Training changed what the code makes of the very same sample.
    const codeOf = (look: LayerLook | undefined) => {
      const place = look?.thumbnails.findIndex(({ id }) => id === 'code') ?? 0;
      const before = sizes.slice(0, place).reduce((sum, size) => sum + size, 0);
      return look?.pixels.slice(before, before + (sizes[place] ?? 0)).join();
    };
    expect(codeOf(looks[0])).not.toBe(codeOf(last));
    const times = last?.times ?? [];
    expect(times.map(({ id }) => id)).toEqual(
      run.layers
        .describe()
        .layers.slice(1)
        .map(({ id }) => id),
    );
    // Layers as small as these may take no longer than a call that does nothing.
    expect(times.every(({ milliseconds, share }) => milliseconds >= 0 && share >= 0 && share <= 1)).toBe(
      true,
    );
    await run.dispose();
    expect(ended).toBe(true);
  });

  it('records how weights and activations are spread, and which units are silent on every sample of the probe', async () => {
    const run = await trained(
      executor,
      drawing({ epochs: 2, learningRate: 1e-6 }, [
        newBlock('dense', 'dense-1', { units: 8 }),
        newBlock('code', 'code', { size: 6 }),
      ]),
    );
    const { samples, records } = run.layers.history('dense-1');
    expect(samples).toBe(20);
    expect(records.length).toBeGreaterThan(0);
    const record = records.at(-1);
    expect(record?.weights.map(({ name }) => name)).toEqual(['kernel', 'bias']);
    const kernel = record?.weights[0]?.spread;
    expect(kernel?.count).toBe(SIZE * 8);
    expect(kernel?.counts.reduce((sum, count) => sum + count, 0)).toBe(SIZE * 8);
    expect(record?.activations.count).toBe(20 * 8);
    // Silent by an independent look: every sample by itself.
    const now = run.weightsNow();
    const active = new Set<number>();
    for (let place = 0; place < 20; place++) {
      const { values } = await run.layers.activations(now, 'dense-1', { kind: 'place', place });
      for (const [unit, value] of floatsOfBytes(values).entries()) if (value !== 0) active.add(unit);
    }
    expect(record?.silent).toEqual([...Array(8).keys()].filter((unit) => !active.has(unit)));
    expect(run.layers.history('code').records.at(-1)?.silent).toBeNull();
  });

  it('goes on training, and looks at a sample of one’s own as it is, where the drawing corrupts its samples', async () => {
    const blocks = [newBlock('corrupt-masking', 'masking', { share: 1 }), ...dense];
    const run = await trained(executor, drawing({ epochs: 1 }, blocks));
    const now = run.weightsNow();
    const pixels = new Uint8Array(SIZE).fill(255);
    const masked = await run.layers.activations(now, 'masking', { kind: 'place', place: 0 });
    expect(floatsOfBytes(masked.values).every((value) => value === 0)).toBe(true);
    const own = await run.layers.activations(now, 'masking', { kind: 'own', pixels });
    expect(floatsOfBytes(own.values).every((value) => value === 1)).toBe(true);
  });

  it.each(['npy', 'csv'])(
    'exports a layer for all test samples as %s: the same numbers as one by one',
    async (form) => {
      folder = await mkdtemp(join(tmpdir(), 'hourglass-layers-'));
      const run = await trained(executor, drawing({ epochs: 1 }));
      const now = run.weightsNow();
      const path = join(folder, `code.${form}`);
      const written = await run.layers.export(
        now,
        'code',
        { kind: 'group', group: 'validation' },
        path,
        always,
      );
      expect(written).toEqual({ path, rows: 20, shape: [6] });
      const numbers =
        form === 'npy'
          ? [...(await openNpy(path, false, {})).train.values]
          : (await readFile(path, 'utf8'))
              .trimEnd()
              .split('\n')
              .slice(1)
              .flatMap((row) => row.split(',').slice(2).map(Number));
      expect(numbers.length).toBe(120);
      for (const place of [0, 7, 19]) {
        const { values } = await run.layers.activations(now, 'code', { kind: 'place', place });
        for (const [at, value] of floatsOfBytes(values).entries()) {
          expect(numbers[place * 6 + at]).toBeCloseTo(value, 5);
        }
      }
      const single = join(folder, `one.${form}`);
      const one = await run.layers.export(now, 'code', { kind: 'place', place: 1 }, single, always);
      expect(one?.rows).toBe(1);
    },
  );

  it('leaves no file where an export is called off, and names what is not there', async () => {
    folder = await mkdtemp(join(tmpdir(), 'hourglass-layers-'));
    const run = await trained(executor, drawing({ epochs: 1 }), dataset(120, 0));
    const now = run.weightsNow();
    const path = join(folder, 'code.npy');
    const validation = { kind: 'group', group: 'validation' } as const;
    expect(await run.layers.export(now, 'code', validation, path, async () => false)).toBeNull();
    expect(await readdir(folder)).toEqual([]);
    const codeOf = async (work: Promise<unknown>) => {
      const error = await work.catch((thrown: unknown) => thrown);
      return error instanceof ProblemError ? error.problems[0].code : error;
    };
    const place = { kind: 'place', place: 0 } as const;
    expect(await codeOf(run.layers.activations(now, 'dense-9', place))).toBe('LAYER_UNKNOWN');
    expect(await codeOf(run.layers.activations(now, 'code', { kind: 'place', place: 99 }))).toBe(
      'SAMPLE_UNKNOWN',
    );
    const short = { kind: 'own', pixels: new Uint8Array(3) } as const;
    expect(await codeOf(run.layers.activations(now, 'code', short))).toBe('SAMPLE_LENGTH');
  });
});
