import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentFrom, documentHash } from '../../shared/document/document-text';
import type { GraphDocument } from '../../shared/document/graph-document';
import { newBlock, newDocument } from '../../shared/document/new-document';
import { Cancelled, ProblemError } from '../../shared/errors/problem';
import { Client } from '../../shared/ipc/client';
import type { CodeCloud, DatasetSummary, RunEvent, StreamEvent } from '../../shared/ipc/contract';
import { floatsOfBytes } from '../../shared/ipc/float-bytes';
import { runSummaryFileSchema } from '../../shared/ipc/kept-run-schemas';
import { memoryPair } from '../../shared/ipc/memory-transport';
import { serve } from '../../shared/ipc/server';
import type { StartWeights } from '../../shared/ipc/start-schemas';
import type { Transport } from '../../shared/ipc/transport';
import { npyBytes } from '../data/test-files';
import { openEngine } from '../execute/engines';
import type { EngineName } from '../execute/executor';
import { isTensorFlowPresent } from '../execute/tensorflow/is-present';
import { filmFrom } from '../train/film-file';
import { readSafetensors } from '../train/read-safetensors';
import { createEngineService, type EngineService } from './engine-service';

let service: EngineService;
let faults: unknown[];

function joinEngine(): { client: Client; transport: Transport } {
  const [near, far] = memoryPair((message) => structuredClone(message));
  serve(far, service.handlers, { report: (error) => `ref-${faults.push(error)}` });
  return { client: new Client(near), transport: near };
}

/** Small enough to be trained in a moment. */
function drawing(epochs = 2, change: { readonly learningRate?: number } = {}) {
  const base = newDocument();
  return {
    ...base,
    data: { kind: 'builtin', name: 'digits-and-shapes', count: 400, shape: [28, 28, 1] } as const,
    training: { ...base.training, ...change, batchSize: 32, epochs },
  };
}

const start = (client: Client, document: GraphDocument = drawing()) =>
  client.call('run.start', { document: { ...document }, baseFolder: null, engine: 'onnx' });

const findRate = (client: Client, document: GraphDocument = drawing(), signal?: AbortSignal) =>
  client.call(
    'run.findLearningRate',
    { document: { ...document }, baseFolder: null, engine: 'onnx' },
    signal ? { signal } : {},
  );

/** Follows a run until `enough` says so, or to its end. */
async function follow(
  client: Client,
  runId: string,
  after = -1,
  enough: (event: RunEvent) => boolean = () => false,
): Promise<{ events: RunEvent[]; last: number }> {
  const events: RunEvent[] = [];
  let last = after;
  const stream = client.stream('run.events', { runId, after }, (event, sequence) => {
    events.push(event);
    last = sequence;
    if (enough(event)) stream.cancel();
  });
  await stream.ended.catch((error: unknown) => {
    if (!(error instanceof Error) || error.name !== 'Cancelled') throw error;
  });
  return { events, last };
}

const lossesOf = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.kind === 'progress' ? event.losses : []));
const kinds = (events: readonly RunEvent[]) => [...new Set(events.map(({ kind }) => kind))];

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.catch((thrown: unknown) => thrown);
  if (!(error instanceof ProblemError)) throw new Error(`Expected a Problem, got ${error}`);
  return error.problems[0].code;
}

beforeEach(() => {
  faults = [];
  service = createEngineService((error) => `ref-${faults.push(error)}`);
});
afterEach(async () => {
  await service.dispose();
  expect(faults).toEqual([]);
});

async function load(client: Client, reference: object, validationShare = 0.25): Promise<DatasetSummary> {
  let summary: DatasetSummary | null = null;
  const stream = client.stream(
    'data.load',
    { reference: { ...reference }, baseFolder: null, validationShare, seed: 1 },
    (event) => {
      if (event.kind === 'loaded') summary = event.dataset;
    },
  );
  await stream.ended;
  if (!summary) throw new Error('Nothing was loaded');
  return summary;
}

it('shows what a block that corrupts makes of samples, with those before it', async () => {
  const { client } = joinEngine();
  const plain = drawing();
  const { datasetId } = await load(client, plain.data);
  const blocks = [
    ...plain.blocks.slice(0, 1),
    newBlock('corrupt-patches', 'patches', { size: 9, fill: 1 }),
    newBlock('corrupt-masking', 'masking', { share: 1 }),
    newBlock('dense', 'dense-9'),
  ];
  const wires = [
    { from: plain.blocks[0]?.id ?? '', to: 'patches' },
    { from: 'patches', to: 'masking' },
    { from: 'masking', to: 'dense-9' },
  ];
  // Without a code: a drawing need not be finished for it.
  const document = { ...plain, blocks, wires };
  const ask = (blockId: string) => client.call('data.corrupted', { datasetId, document, blockId, count: 3 });
  const { originals, corrupted } = await ask('patches');
  expect([originals.count, originals.shape, corrupted.shape]).toEqual([3, [28, 28, 1], [28, 28, 1]]);
  const changed = corrupted.pixels.filter((pixel, i) => pixel !== originals.pixels[i]);
  expect(changed.length).toBeGreaterThan(81);
  expect(changed.length).toBeLessThanOrEqual(3 * 81);
  expect(changed.every((pixel) => pixel === 255)).toBe(true);
  expect((await ask('masking')).corrupted.pixels.every((pixel) => pixel === 0)).toBe(true);
  for (const blockId of ['dense-9', 'nowhere']) expect(await codeOf(ask(blockId))).toBe('NOTHING_TO_PREVIEW');
});

it('shows what a drawing’s augmentation makes of samples, some ways each', async () => {
  const { client } = joinEngine();
  const plain = drawing();
  const { datasetId } = await load(client, plain.data);
  const ask = async (shift: number) => {
    const training = { ...plain.training, augmentation: { shift, flip: 'none', rotate: 0 } };
    const document = { ...plain, blocks: plain.blocks.slice(0, 1), wires: [], training };
    return client.call('data.augmented', { datasetId, document, count: 3, times: 2 });
  };
  const { originals, augmented } = await ask(4);
  expect([originals.count, augmented.count, augmented.shape]).toEqual([3, 6, [28, 28, 1]]);
  const size = 28 * 28;
  const of = (block: typeof augmented, index: number) =>
    block.pixels.subarray(index * size, (index + 1) * size).join();
  const looks = [0, 1, 2].map((index) => [
    of(originals, index),
    of(augmented, index),
    of(augmented, 3 + index),
  ]);
  expect(looks.filter((ways) => new Set(ways).size === 3).length).toBeGreaterThan(0);
  const unmoved = await ask(0);
  for (const index of [0, 1, 2]) expect(of(unmoved.augmented, 3 + index)).toBe(of(unmoved.originals, index));
});

it('tells how the codes of a run lie while it goes on, lays them out, and shows their samples', async () => {
  const { client } = joinEngine();
  const { runId } = await start(client, drawing(3));
  const clouds: CodeCloud[] = [];
  await client.stream('run.codeClouds', { runId }, (cloud) => clouds.push(cloud)).ended;
  const cloud = clouds.at(-1)!;
  const { events } = await follow(client, runId);
  const ending = events.find((event) => event.kind === 'completed');
  expect(cloud.step).toBe(ending?.kind === 'completed' && ending.step);
  const { count, size } = cloud;
  expect([cloud.total, cloud.problem]).toEqual([count, null]);
  expect(floatsOfBytes(cloud.codes)).toHaveLength(count * size);
  expect(cloud.labels).toHaveLength(4 * count);
  expect(cloud.labelNames).toHaveLength(15);
  expect([cloud.mean, cloud.deviation, ...(cloud.plane?.axes ?? [])].map(({ length }) => length)).toEqual([
    ...[size, size, size, size],
  ]);
  expect(cloud.spacing.far).toBeGreaterThanOrEqual(cloud.spacing.usual);

  const layouts: StreamEvent<'run.codeEmbedding'>[] = [];
  const embed = (previous: Uint8Array | null) =>
    client.stream('run.codeEmbedding', { runId, seed: 1, previous }, (event) => layouts.push(event)).ended;
  await embed(null);
  expect(layouts.at(-1)).toMatchObject({ stage: 'done', step: cloud.step });
  const points = layouts.at(-1)?.points ?? new Uint8Array();
  expect(floatsOfBytes(points)).toHaveLength(2 * count);
  expect(floatsOfBytes(points).every(Number.isFinite)).toBe(true);
  // What is no layout of these codes is not begun from.
  await embed(points.subarray(0, 8));
  expect(layouts.at(-1)?.points).toEqual(points);

  const shown = await client.call('run.codeSamples', { runId, places: [0, count - 1] });
  expect([shown.originals.count, shown.reconstructions.count]).toEqual([2, 2]);
  expect(await codeOf(client.stream('run.codeClouds', { runId: 'another' }, () => {}).ended)).toBe(
    'RUN_UNKNOWN',
  );
});

it('does not lay out a handful of codes', async () => {
  const { client } = joinEngine();
  const few = drawing(1);
  const document = {
    ...few,
    data: { ...few.data, count: 10 },
    training: { ...few.training, validationShare: 0.3 },
  };
  const { runId } = await start(client, document);
  await client.stream('run.codeClouds', { runId }, () => {}).ended;
  const layout = client.stream('run.codeEmbedding', { runId, seed: 1, previous: null }, () => {}).ended;
  expect(await codeOf(layout)).toBe('CODES_TOO_FEW');
});

it('shares a table out by its filter, and pages through what is kept for evaluation', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hourglass-table-'));
  try {
    const path = join(folder, 'beats.csv');
    await writeFile(
      path,
      Array.from({ length: 50 }, (_, row) => `${row % 5},${row / 7},${row * 1000}`).join('\n'),
    );
    const { client } = joinEngine();
    const { reference } = await client.call('data.identify', { path, baseFolder: null });
    expect(reference).toMatchObject({ kind: 'table', label: 'first', scaling: 'standardise', shape: [2] });
    const summary = await load(client, { ...reference, filter: { include: ['1', '2'], heldOut: 0.2 } });
    expect(summary.counts).toEqual({ train: 12, validation: 4, test: 0, 'held-out': 4, excluded: 30 });
    expect(summary.columns).toEqual(['1', '2', '3']);
    expect(summary.labels.map(({ name, count, used }) => [name, count, used > 0])).toEqual([
      ['0', 10, false],
      ['1', 10, true],
      ['2', 10, true],
      ['3', 10, false],
      ['4', 10, false],
    ]);
    const { datasetId } = summary;
    const page = await client.call('data.samples', { datasetId, split: 'excluded', offset: 0, count: 256 });
    expect(page).toMatchObject({ total: 30, count: 30 });
    expect(new Set(page.labels)).toEqual(new Set([0, 3, 4]));
    // Both columns rise alike: in the scale of the training rows they look the same, whatever their units.
    for (let sample = 0; sample < page.count; sample++) {
      expect(Math.abs(page.pixels[2 * sample]! - page.pixels[2 * sample + 1]!)).toBeLessThanOrEqual(1);
    }
    expect(page.pixels[0]).toBeLessThan(5);
    await expect(
      codeOf(load(client, { ...reference, filter: { include: ['7'], heldOut: 0 } })),
    ).resolves.toBe('FILTER_LABEL_UNKNOWN');
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('keeps what came of a run that was stopped, with the losses that its readers were told', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hourglass-keep-'));
  try {
    const { client } = joinEngine();
    const { runId } = await start(client, { ...drawing(500), name: 'Mine & yours' });
    await follow(client, runId, -1, ({ kind }) => kind === 'epoch');
    await client.call('run.stop', { runId });
    const note = { app: '1.2.3', sweep: { id: randomUUID(), size: 32 } };
    const asked = { runId, parent: folder, note };
    const place = (await client.call('run.keep', asked)).folder ?? '';
    expect((await client.call('run.keep', asked)).folder).toBe(place);
    const { events } = await follow(client, runId);
    expect(place).toMatch(/runs.mine-yours-\d{4}(-\d\d){5}$/);
    expect(await readdir(join(folder, 'runs'))).toHaveLength(1);
    expect((await readdir(place)).sort()).toEqual([
      'checkpoints',
      'document.hourglass',
      'film.safetensors',
      'history.json',
      'reconstructions.png',
      'summary.json',
      'weights.safetensors',
    ]);
    const history = JSON.parse(await readFile(join(place, 'history.json'), 'utf8'));
    expect(history).toMatchObject({ ending: 'stopped', engine: 'onnx', data: { trainCount: 400 } });
    expect(history.losses).toEqual(lossesOf(events));
    expect(history.step).toBe(history.losses.length);
    const summary = runSummaryFileSchema.parse(
      JSON.parse(await readFile(join(place, 'summary.json'), 'utf8')),
    );
    const hash = documentHash(drawing(500));
    expect(summary).toMatchObject({ ending: 'stopped', codeSize: 16, steps: history.step, ...note });
    expect(summary.document).toEqual({ name: 'Mine & yours', hash });
    const [last] = events.filter(({ kind }) => kind === 'epoch').slice(-1);
    expect(last).toMatchObject({ trainLoss: summary.loss.training });
    const film = filmFrom(await readFile(join(place, 'film.safetensors')));
    expect(film.steps.at(-1)).toBeLessThanOrEqual(history.step);
    expect(film).toEqual((await client.call('run.film', { runId })).film);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

it('keeps a completed run with the line of PCA, before its weights make room for the next', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hourglass-keep-'));
  try {
    const { client } = joinEngine();
    const keep = (runId: string) => client.call('run.keep', { runId, parent: folder, note: { app: '1' } });
    const first = await start(client);
    const keptFirst = keep(first.runId);
    await follow(client, first.runId, -1, ({ kind }) => kind === 'completed');
    // The next begins at once, while the first is still being written.
    const second = await start(client, drawing(1));
    const places = [(await keptFirst).folder ?? '', (await keep(second.runId)).folder ?? ''];
    expect(new Set(places).size).toBe(2);
    for (const place of places) {
      expect(await readdir(place)).toContain('weights.safetensors');
      const summary = runSummaryFileSchema.parse(
        JSON.parse(await readFile(join(place, 'summary.json'), 'utf8')),
      );
      expect(summary).toMatchObject({ ending: 'completed', mse: { validation: expect.any(Number) } });
    }
    const last = runSummaryFileSchema.parse(
      JSON.parse(await readFile(join(places[1] ?? '', 'summary.json'), 'utf8')),
    );
    expect(last.mse.pcaValidation).toBeGreaterThan(0);
    expect((await readdir(join(folder, 'runs'))).filter((name) => name.startsWith('.'))).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

it('keeps nothing of a run that took no step', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hourglass-keep-'));
  try {
    const { client } = joinEngine();
    const { runId } = await start(client, drawing(5));
    await client.call('run.stop', { runId });
    const kept = await client.call('run.keep', { runId, parent: folder, note: { app: '1' } });
    expect(kept.folder).toBeNull();
    expect(await readdir(join(folder, 'runs'))).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

it('shows pinned samples and those that came back worst so far', async () => {
  const { client } = joinEngine();
  const { runId } = await start(client, drawing(3));
  await client.call('run.watch', { runId, places: [5, 2, 5, 1_000_000] });
  const { events } = await follow(client, runId);
  const shown = events.flatMap((event) => (event.kind === 'reconstructions' ? [event] : []));
  const last = shown.at(-1)?.watched;
  expect(last?.places.slice(0, 2)).toEqual([5, 2]);
  expect(last?.pinned).toBe(2);
  const { groups } = await client.call('run.errors', { runId });
  const errors = [...new Float32Array(groups[0]!.errors.slice().buffer)];
  // The last event comes before the last evaluation, with the same weights.
  const worst = errors.map((_, place) => place).sort((a, b) => errors[b]! - errors[a]!);
  const pinned = [5, 2];
  expect(last?.places.slice(2)).toEqual(worst.slice(0, 4).filter((place) => !pinned.includes(place)));
  last?.places.forEach((place, index) => {
    expect(last.errors?.[index]).toBeCloseTo(errors[place]!, 5);
  });
  const asked = await client.call('run.evaluatedSamples', {
    runId,
    group: 'validation',
    places: last!.places,
  });
  expect(last?.originals).toEqual(asked.originals);
  expect(last?.reconstructions).toEqual(asked.reconstructions);
  const { watched } = await client.call('run.watch', { runId, places: [7] });
  expect(watched?.places).toEqual([7, ...worst.slice(0, 4).filter((place) => place !== 7)]);
});

describe('data', () => {
  it('is loaded, summed up and browsed by split', async () => {
    const { client } = joinEngine();
    const summary = await load(client, drawing().data);
    expect(summary).toMatchObject({ shape: [28, 28, 1], dtype: 'uint8' });
    expect(summary.counts.train + summary.counts.validation).toBe(400);
    expect(summary.counts.validation).toBe(100);
    const { datasetId } = summary;
    const page = (split: 'train' | 'validation' | 'test', offset: number) =>
      client.call('data.samples', { datasetId, split, offset, count: 64 });
    const first = await page('validation', 0);
    expect(first).toMatchObject({ count: 64, total: 100, shape: [28, 28, 1] });
    expect(first.pixels).toHaveLength(64 * 784);
    expect(first.labels).toHaveLength(64);
    expect(await page('validation', 64)).toMatchObject({ count: 36 });
    expect(await page('validation', 1_000)).toMatchObject({ count: 0, total: 100 });
    expect((await page('train', 0)).total).toBe(300);
    const counted = summary.labels.reduce((sum, { count }) => sum + count, 0);
    expect(counted).toBe(400 + summary.counts.test);
  });

  it('is told apart by what the files hold, wherever the path starts', async () => {
    const { client } = joinEngine();
    const folder = await mkdtemp(join(tmpdir(), 'hourglass-'));
    await writeFile(join(folder, 'readings.data'), npyBytes('|u1', '(5, 3)', Buffer.alloc(15)));
    const identify = (path: string, baseFolder: string | null) =>
      client.call('data.identify', { path, baseFolder });
    const whole = join(folder, 'readings.data');
    expect((await identify(whole, null)).reference).toMatchObject({ kind: 'npy', path: whole, shape: [3] });
    const { reference } = await identify('readings.data', folder);
    expect(reference).toMatchObject({ kind: 'npy', path: 'readings.data', shape: [3] });
    const { fingerprint } = await load(client, { ...reference, path: whole });
    expect(fingerprint).toBe(reference.fingerprint);
    await writeFile(join(folder, 'notes.npy'), 'not an array');
    expect(await codeOf(identify('notes.npy', folder))).toBe('DATA_NOT_RECOGNISED');
    expect(await codeOf(identify('nowhere', folder))).toBe('DATA_PATH_MISSING');
    expect(await codeOf(identify('', folder))).toBe('REQUEST_INVALID');
    await rm(folder, { recursive: true });
  });

  it('unknown or made up is a Problem', async () => {
    const { client } = joinEngine();
    for (const datasetId of ['', 'x', '["x",0.1,1]', '{"length":3}']) {
      const params = { datasetId, split: 'train', offset: 0, count: 1 } as const;
      expect(await codeOf(client.call('data.samples', params))).toBe('DATASET_UNKNOWN');
    }
    expect(await codeOf(load(client, { kind: 'sql', path: 'x' }))).toBe('REQUEST_INVALID');
    expect(await codeOf(load(client, drawing().data, 1.5))).toBe('REQUEST_INVALID');
  });

  it('changed on the disk is read again', async () => {
    const { client } = joinEngine();
    const folder = await mkdtemp(join(tmpdir(), 'hourglass-engine-'));
    const path = join(folder, 'a.npy');
    const write = (rows: number) => {
      const dict = `{'descr': '|u1', 'fortran_order': False, 'shape': (${rows}, 4), }`.padEnd(117);
      const header = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]);
      return writeFile(
        path,
        Buffer.concat([header, Buffer.from(`${dict}\n`, 'latin1'), Buffer.alloc(rows * 4, 9)]),
      );
    };
    const reference = { kind: 'npy', path, shape: [4] };
    const count = async () => (await load(client, reference, 0)).counts.train;
    await write(10);
    expect(await count()).toBe(10);
    await write(12);
    expect(await count()).toBe(12);
    await rm(folder, { recursive: true });
    expect(await codeOf(count())).toBe('DATA_PATH_MISSING');
  });
});

describe('a run', () => {
  it('is told from start to end, to whoever joins whenever', async () => {
    const { client } = joinEngine();
    const { runId } = await start(client);
    const live = await follow(client, runId);
    expect(kinds(live.events)).toEqual(
      expect.arrayContaining(['started', 'progress', 'epoch', 'reconstructions', 'completed', 'pca']),
    );
    const losses = lossesOf(live.events);
    expect(losses).toHaveLength(2 * Math.ceil(live.events.length > 0 ? trainCount() / 32 : 0));
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
    const late = await follow(joinEngine().client, runId);
    expect(lossesOf(late.events)).toEqual(losses);
    expect(late.last).toBe(live.last);
    // A window that is reloaded joins again after what it has.
    expect((await follow(client, runId, live.last)).events).toEqual([]);
    const { run, document } = await client.call('run.current', {});
    expect(run).toMatchObject({ runId, state: 'completed' });
    expect(document, 'the drawing, for a window that lost it').toEqual(drawing());
  });

  it('re-joined after a lost connection goes on where it was', async () => {
    const first = joinEngine();
    const { runId } = await start(first.client, drawing(6));
    let seen = 0;
    const before = await follow(first.client, runId, -1, (event) => {
      if (event.kind === 'progress') seen += event.losses.length;
      return seen > 20;
    });
    first.transport.close('reloaded');
    const after = await follow(joinEngine().client, runId, before.last);
    const steps = [...before.events, ...after.events].flatMap((event) =>
      event.kind === 'progress' ? event.losses.map((_, index) => event.firstStep + index) : [],
    );
    expect(steps).toEqual(Array.from({ length: steps.length }, (_, index) => index + 1));
    expect(after.events.map(({ kind }) => kind)).toContain('completed');
  });

  it('is paused, resumed and stopped, and its weights stay for samples of one’s own', async () => {
    const { client } = joinEngine();
    const { runId } = await start(client, drawing(10_000));
    await follow(client, runId, -1, ({ kind }) => kind === 'progress');
    await client.call('run.pause', { runId });
    const { last } = await follow(client, runId, -1, ({ kind }) => kind === 'paused');
    expect((await client.call('run.current', {})).run?.state).toBe('paused');
    const pixels = new Uint8Array(784).fill(128);
    const answer = await client.call('run.reconstruct', { runId, pixels });
    expect(answer).toMatchObject({ shape: [28, 28, 1] });
    expect(answer.pixels).toHaveLength(784);
    expect(answer.mse).toBeGreaterThan(0);
    expect(await codeOf(client.call('run.reconstruct', { runId, pixels: new Uint8Array(3) }))).toBe(
      'SAMPLE_LENGTH',
    );
    await client.call('run.resume', { runId });
    await follow(client, runId, last, ({ kind }) => kind === 'progress');
    await client.call('run.stop', { runId });
    const { events } = await follow(client, runId, last);
    expect(events.at(-1)?.kind).toBe('stopped');
    expect((await client.call('run.reconstruct', { runId, pixels })).pixels).toHaveLength(784);
  });

  it('is the only one', async () => {
    const { client } = joinEngine();
    const starts = await Promise.allSettled([start(client, drawing(10_000)), start(client)]);
    expect(starts.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await codeOf(start(joinEngine().client))).toBe('RUN_IN_PROGRESS');
    const { run } = await client.call('run.current', {});
    const runId = run?.runId ?? '';
    await client.call('run.stop', { runId });
    await follow(client, runId);
    const next = await start(client, drawing(1));
    expect(await codeOf(follow(client, runId))).toBe('RUN_UNKNOWN');
    await follow(client, next.runId);
  });

  it('goes on beside no search for a learning rate, which leaves the last run as it was', async () => {
    const { client } = joinEngine();
    const { runId } = await start(client);
    expect(await codeOf(findRate(client))).toBe('RUN_IN_PROGRESS');
    await follow(client, runId);
    const searching = findRate(client);
    expect(await codeOf(start(joinEngine().client))).toBe('RUN_IN_PROGRESS');
    const { points, suggestion } = await searching;
    expect(points.length).toBeGreaterThan(50);
    expect(points.map(({ rate }) => rate)).toContainEqual(1e-6);
    expect(suggestion).toBeGreaterThan(0);
    expect((await client.call('run.current', {})).run?.runId).toBe(runId);
    const controller = new AbortController();
    const calledOff = findRate(client, drawing(), controller.signal);
    setTimeout(() => controller.abort(), 20);
    await expect(calledOff).rejects.toThrow(Cancelled);
    await expect.poll(() => findRate(client).then(({ suggestion: again }) => again)).toBe(suggestion);
  });

  it('that cannot be started is refused with its Problems, and leaves no trace', async () => {
    const { client } = joinEngine();
    const wrong = { ...drawing(), version: 99 };
    const refused = client.call('run.start', { document: wrong, baseFolder: null });
    expect(await codeOf(refused)).toBe('DOCUMENT_NEWER');
    const unwired = { ...drawing(), wires: [] };
    const error = await start(client, unwired).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProblemError);
    expect((await client.call('run.current', {})).run).toBeNull();
    expect(await codeOf(client.call('run.pause', { runId: 'none' }))).toBe('RUN_UNKNOWN');
    await follow(client, (await start(client, drawing(1))).runId);
  });
});

/** 400 samples less the new drawing's validation share. */
function trainCount(): number {
  const { validationShare } = newDocument().training;
  return 400 - Math.round(400 * validationShare);
}

describe('the engine that new runs use', () => {
  it.skipIf(!isTensorFlowPresent())(
    'is TensorFlow from the next run on once it has come, and the last run is kept until then',
    async () => {
      let best: EngineName = 'onnx';
      await service.dispose();
      service = createEngineService((error) => `ref-${faults.push(error)}`, {
        openEngine,
        bestEngine: async () => best,
      });
      const { client } = joinEngine();
      const begin = () => client.call('run.start', { document: { ...drawing() }, baseFolder: null });
      const first = await begin();
      await follow(client, first.runId);
      expect((await client.call('run.current', {})).run?.engine.name).toBe('onnx');
      best = 'tensorflow';
      await client.call('engine.describe', {});
      const own = () => client.call('run.reconstruct', { ...first, pixels: new Uint8Array(784) });
      expect((await own()).pixels).toHaveLength(784);
      const second = await begin();
      await follow(client, second.runId);
      expect((await client.call('run.current', {})).run?.engine.name).toBe('tensorflow');
      expect(await codeOf(own())).toBe('RUN_UNKNOWN');
    },
  );
});

it('tells the line to beat before a run, as the run itself does, and ends when it is called off', async () => {
  const { client } = joinEngine();
  const asked = { document: { ...drawing(1) }, baseFolder: null };
  const { line, steps } = await client.call('run.target', asked);
  const { runId } = await start(client, drawing(1));
  const { events } = await follow(client, runId);
  const told = events.find((event) => event.kind === 'pca');
  expect({ kind: 'pca', ...line }).toEqual(told);
  expect(steps).toBe(12);
  const off = new AbortController();
  const asking = client.call('run.target', asked, { signal: off.signal });
  off.abort();
  await expect(asking).rejects.toMatchObject({ name: 'Cancelled' });
});

it('refuses to start what does not fit into memory, and starts what most likely does not where it is told to', async () => {
  let machine = { total: 1e12, free: 1e6 };
  await service.dispose();
  service = createEngineService(
    (error) => `ref-${faults.push(error)}`,
    undefined,
    () => machine,
  );
  const { client } = joinEngine();
  const begin = (anyway?: boolean) =>
    client.call('run.start', { document: { ...drawing(1) }, baseFolder: null, ...(anyway && { anyway }) });
  expect(await codeOf(begin())).toBe('MEMORY_SHORT');
  expect((await client.call('run.current', {})).run).toBeNull();
  const { runId } = await begin(true);
  await follow(client, runId);
  machine = { total: 1e6, free: 1e6 };
  expect(await codeOf(begin(true))).toBe('MEMORY_LACKING');
  // The last run is as it was.
  expect((await client.call('run.current', {})).run?.runId).toBe(runId);
  machine = { total: 1e12, free: 1e12 };
  await follow(client, (await begin()).runId);
});

it('tells what a run’s layers make of a sample, to every reader the newest, and ends when its weights go', async () => {
  const { client } = joinEngine();
  const { runId } = await start(client, drawing(30));
  const steps: number[] = [];
  const looks = client.stream('run.layerLooks', { runId, place: 1 }, ({ step, thumbnails, pixels }) => {
    steps.push(step);
    const sizes = thumbnails.map(({ count, height, width }) => count * height * width);
    expect(pixels.length).toBe(sizes.reduce((sum, size) => sum + size, 0));
  });
  await follow(client, runId);
  await expect.poll(() => steps.at(-1)).toBe(30 * 12);
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  const { layers, group, dataShape } = await client.call('run.layers', { runId });
  expect([group, dataShape]).toEqual(['validation', [28, 28, 1]]);
  const [first] = layers.filter(({ weights }) => weights.length > 0);
  const layerId = first?.id ?? '';
  const { weights } = await client.call('run.layerWeights', { runId, layerId });
  expect(weights.map(({ name, shape }) => [name, shape])).toEqual([
    ['kernel', [784, first?.outputShape[0]]],
    ['bias', [first?.outputShape[0]]],
  ]);
  const { records } = await client.call('run.layerHistory', { runId, layerId });
  expect(records.at(-1)?.epoch).toBe(30);
  const { count, pixels } = await client.call('run.layerSamples', { runId, offset: 0, count: 5 });
  expect(pixels.length).toBe(count * 784);
  const sample = { kind: 'own', pixels: pixels.slice(0, 784) } as const;
  const { values } = await client.call('run.layerActivations', { runId, layerId, sample });
  expect(values.length).toBe(4 * (first?.outputShape[0] ?? 0));
  expect(await codeOf(client.call('run.layerWeights', { runId, layerId: 'nothing' }))).toBe('LAYER_UNKNOWN');
  // The next run takes the place of its weights.
  await start(client, drawing(1));
  await looks.ended;
});

it('begins a run with the weights of the one it still has, kept, and with those of a folder', async () => {
  const { client } = joinEngine();
  const parent = await mkdtemp(join(tmpdir(), 'hourglass-weights-'));
  try {
    const first = await start(client, drawing(1));
    await follow(client, first.runId);
    const keep = async (runId: string) => {
      const { folder } = await client.call('run.keep', { runId, parent, note: { app: '1' } });
      return folder ?? '';
    };
    const path = await keep(first.runId);
    const { document } = await client.call('run.modelAt', { path });
    expect(documentHash(documentFrom(document))).toBe(documentHash(drawing(1)));
    // Nothing moves, so that what the second run ends with is what it began with.
    const still = drawing(1, { learningRate: 1e-30 });
    const begun = async (weights: StartWeights) => {
      const { runId } = await client.call('run.start', {
        document: { ...still },
        baseFolder: null,
        engine: 'onnx',
        weights,
      });
      await follow(client, runId);
      const folder = await keep(runId);
      const { tensors } = readSafetensors(await readFile(join(folder, 'weights.safetensors')));
      const summary = runSummaryFileSchema.parse(
        JSON.parse(await readFile(join(folder, 'summary.json'), 'utf8')),
      );
      return { runId, tensors, startedFrom: summary.startedFrom };
    };
    const { tensors: trained } = readSafetensors(await readFile(join(path, 'weights.safetensors')));
    const own = await begun({ own: { runId: first.runId } });
    expect(own.tensors).toEqual(trained);
    expect(own.startedFrom).toMatchObject({ loaded: 0, new: 0 });
    const half = await begun({ model: { from: { path }, part: 'encoder' } });
    expect(half.tensors.get('code/kernel')).toEqual(trained.get('code/kernel'));
    expect(half.tensors.get('code′/kernel')).not.toEqual(trained.get('code′/kernel'));
    const gone = client.call('run.start', {
      document: { ...still },
      baseFolder: null,
      weights: { own: { runId: first.runId } },
    });
    expect(await codeOf(gone)).toBe('WEIGHTS_RUN_GONE');
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
});
