import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { GraphDocument } from '../../shared/document/graph-document';
import { newDocument } from '../../shared/document/new-document';
import { ProblemError } from '../../shared/errors/problem';
import { Client } from '../../shared/ipc/client';
import type { CodeCloud, RunEvent } from '../../shared/ipc/contract';
import { memoryPair } from '../../shared/ipc/memory-transport';
import { serve } from '../../shared/ipc/server';
import { npyBytes, temporaryFolder } from '../data/test-files';
import { readModelFile } from '../models/model-file-reader';
import { openModel } from '../models/open-model';
import { createEngineService, type EngineService } from './engine-service';

const folder = await temporaryFolder();
let services: EngineService[];
let faults: unknown[];
beforeEach(() => {
  [services, faults] = [[], []];
});
afterEach(async () => {
  for (const service of services) await service.dispose();
  expect(faults).toEqual([]);
});

/** A fresh engine, which knows of no run and no model. */
function engine(): Client {
  const service = createEngineService((error) => `ref-${faults.push(error)}`);
  services.push(service);
  const [near, far] = memoryPair((message) => structuredClone(message));
  serve(far, service.handlers, { report: (error) => `ref-${faults.push(error)}` });
  return new Client(near);
}

const digits = { kind: 'builtin', name: 'digits-and-shapes', count: 400, shape: [28, 28, 1] } as const;

function drawing(training: Partial<GraphDocument['training']> = {}): GraphDocument {
  const base = newDocument();
  return { ...base, data: digits, training: { ...base.training, batchSize: 32, epochs: 2, ...training } };
}

async function events(client: Client, runId: string): Promise<RunEvent[]> {
  const told: RunEvent[] = [];
  await client.stream('run.events', { runId, after: -1 }, (event) => void told.push(event)).ended;
  return told;
}

async function trained(client: Client, document: GraphDocument, baseFolder: string | null = null) {
  const asked = { document: { ...document }, baseFolder, engine: 'onnx' as const };
  const { runId } = await client.call('run.start', asked);
  return { runId, told: await events(client, runId) };
}

function save(
  client: Client,
  path: string,
  document: GraphDocument,
  source: object,
  pictures: boolean | null = false,
) {
  const from = { runId: null, modelId: null, file: null, ...source };
  return client.call('model.save', { path, document: { ...document }, source: from, pictures, app: '9' });
}

const lossesOf = (told: readonly RunEvent[]) =>
  told.flatMap((event) => (event.kind === 'progress' ? event.losses : []));
const epochsOf = (told: readonly RunEvent[]) => told.filter(({ kind }) => kind === 'epoch');
const endOf = (told: readonly RunEvent[]) => told.find(({ kind }) => kind === 'completed');

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.catch((thrown: unknown) => thrown);
  if (!(error instanceof ProblemError)) throw new Error(`Expected a Problem, got ${error}`);
  return error.problems[0].code;
}

it('saves a run, and in another engine shows all of it without training, and trains on bit for bit', async () => {
  const path = join(folder, 'model.hourglass');
  const client = engine();
  const document = drawing();
  const { runId, told } = await trained(client, document);
  const pixels = Uint8Array.from({ length: 784 }, (_, at) => at % 256);
  const own = await client.call('run.reconstruct', { runId, pixels });
  const { stamp } = await save(client, path, document, { runId });
  expect(stamp).toMatch(/^model:[0-9a-f]{64}$/);

  const other = engine();
  const { text, about, ...opened } = await other.call('model.open', { path });
  expect(opened.stamp).toBe(stamp);
  expect(JSON.parse(text)).toMatchObject({ name: document.name, data: digits });
  expect(about).toMatchObject({ epochs: 2, app: '9', data: { name: 'Digits and shapes' } });
  const shown = { modelId: about.modelId, document: { ...document }, baseFolder: null };
  const used = await other.call('model.use', shown);
  const seen = await events(other, used.runId);
  expect(lossesOf(seen)).toEqual(lossesOf(told));
  expect(epochsOf(seen)).toEqual(epochsOf(told));
  expect(seen.some(({ kind }) => kind === 'reconstructions')).toBe(true);
  const [before, after] = [endOf(told), endOf(seen)];
  if (before?.kind !== 'completed' || after?.kind !== 'completed') throw new Error('It did not complete.');
  expect(after.validation).toEqual(before.validation);
  expect(after.test).toEqual(before.test);
  expect(await other.call('run.reconstruct', { runId: used.runId, pixels })).toEqual(own);
  expect((await other.call('run.current', {})).run).toMatchObject({ state: 'completed' });

  const on = await other.call('model.trainOn', { ...shown, moreEpochs: 2, engine: 'onnx' });
  const further = await events(other, on.runId);
  const whole = await trained(engine(), drawing({ epochs: 4 }));
  expect(lossesOf(further)).toEqual(lossesOf(whole.told));
  expect(on.document.training).toMatchObject({ epochs: 4 });
});

it('has a picture of samples go along where that is asked for, else as the file has it that is open', async () => {
  const [withOne, without, next] = ['with', 'without', 'next'].map((name) =>
    join(folder, `${name}.hourglass`),
  );
  const client = engine();
  const document = drawing({ epochs: 1 });
  const { runId } = await trained(client, document);
  const has = async (path: string) => (await readModelFile(path)).thumbnail !== null;
  const open = async (path: string) => ({ path, ...(await client.call('model.open', { path })) });
  expect(await save(client, withOne!, document, { runId }, true)).toMatchObject({ pictures: true });
  const file = await open(withOne!);
  // A run trained in the window, saved over the file that is open.
  for (const [pictures, expected] of [
    [null, true],
    [false, false],
  ] as const) {
    expect(await save(client, next!, document, { runId, file }, pictures)).toMatchObject({
      pictures: expected,
    });
    expect(await has(next!)).toBe(expected);
  }
  // The model that was opened, not looked into, and looked into.
  const { modelId } = file.about;
  expect(await save(client, without!, document, { modelId, file }, false)).toMatchObject({ pictures: false });
  expect(await has(without!)).toBe(false);
  await save(client, next!, document, { modelId, file }, null);
  expect(await has(next!)).toBe(true);
  const plain = await open(without!);
  const source = { modelId: plain.about.modelId, file: plain };
  await save(client, next!, document, source, null);
  expect(await has(next!)).toBe(false);
  expect(await save(client, next!, document, source, true)).toMatchObject({ pictures: false });
  const used = { modelId: plain.about.modelId, document: { ...document }, baseFolder: null };
  const shown = await client.call('model.use', used);
  await events(client, shown.runId);
  const whole = { ...source, runId: shown.runId };
  expect(await save(client, next!, document, whole, true)).toMatchObject({ pictures: true });
  expect(await has(next!)).toBe(true);
});

it('saves what early stopping went back to, and goes on right behind it', async () => {
  const path = join(folder, 'early.hourglass');
  const client = engine();
  // So fast that it does not get better for long.
  const document = drawing({ epochs: 12, patience: 1, learningRate: 0.1 });
  const { runId, told } = await trained(client, document);
  const end = endOf(told);
  if (end?.kind !== 'completed' || end.keptEpoch === null) throw new Error('It did not stop early.');
  await save(client, path, document, { runId });
  const { state, history, weights } = await readModelFile(path);
  expect(history.epochs.length).toBeGreaterThan(end.keptEpoch);
  expect(state?.progress.epochs).toHaveLength(end.keptEpoch);
  for (const [name, tensor] of weights) expect(state?.state.get(name)).toEqual(tensor);
  const other = engine();
  const { about } = await other.call('model.open', { path });
  const asked = { modelId: about.modelId, document: { ...document }, baseFolder: null };
  const { runId: shown } = await other.call('model.use', asked);
  expect(endOf(await events(other, shown))).toMatchObject({
    keptEpoch: end.keptEpoch,
    validation: end.validation,
  });
  const on = await other.call('model.trainOn', { ...asked, moreEpochs: 1 });
  expect(on.document.training).toMatchObject({ epochs: end.keptEpoch + 1 });
  expect(epochsOf(await events(other, on.runId)).length).toBe(end.keptEpoch + 1);
});

it('shows without its data what there is: losses, figures, weights, codes, samples of one’s own; and takes other data', async () => {
  const path = join(folder, 'elsewhere.hourglass');
  const npy = async (name: string, scale: number) => {
    const values = Float32Array.from({ length: 80 * 9 }, (_, at) => scale * Math.sin(at * 0.7) + 5);
    await writeFile(join(folder, name), npyBytes('<f4', '(80, 9)', new Uint8Array(values.buffer)));
  };
  await npy('mine.npy', 3);
  await npy('yours.npy', 30);
  const data = { kind: 'npy', path: 'mine.npy', shape: [9], scaling: 'standardise' } as const;
  const base = drawing({ epochs: 2 });
  const document: GraphDocument = {
    ...base,
    data,
    output: { ...base.output, activation: 'linear', loss: 'mse' },
  };
  const client = engine();
  const { runId, told } = await trained(client, document, folder);
  const codes = new Uint8Array(Float32Array.from({ length: 2 * 16 }, (_, at) => at / 64).buffer);
  const decoded = await client.call('run.decode', { runId, codes });
  const layerId = 'code';
  const weights = await client.call('run.layerWeights', { runId, layerId });
  await save(client, path, document, { runId }, true);

  const other = engine();
  const { about } = await other.call('model.open', { path });
  const nowhere = { modelId: about.modelId, document: { ...document }, baseFolder: join(folder, 'nowhere') };
  expect(await codeOf(other.call('model.use', nowhere))).toBe('MODEL_DATA_MISSING');
  const { runId: bare } = await other.call('model.use', { ...nowhere, data: 'none' });
  const seen = await events(other, bare);
  expect(lossesOf(seen)).toEqual(lossesOf(told));
  expect(epochsOf(seen)).toEqual(epochsOf(told));
  expect(endOf(seen)).toEqual(endOf(told));
  expect(seen.some(({ kind }) => kind === 'reconstructions')).toBe(false);
  const pcaOf = (all: readonly RunEvent[]) => all.find(({ kind }) => kind === 'pca');
  expect(pcaOf(seen)).toEqual(pcaOf(told));
  expect((await other.call('run.current', {})).run).toMatchObject({
    elsewhere: 'without data',
    stepsPerEpoch: 3,
  });
  const { png } = await other.call('model.picture', { modelId: about.modelId });
  expect(png?.subarray(1, 4)).toEqual(new TextEncoder().encode('PNG'));
  expect((await other.call('run.decode', { runId: bare, codes })).count).toBe(decoded.count);
  expect((await other.call('run.layerWeights', { runId: bare, layerId })).weights).toEqual(weights.weights);
  const pixels = Uint8Array.from({ length: 9 }, (_, at) => at * 20);
  expect((await other.call('run.reconstruct', { runId: bare, pixels })).pixels).toHaveLength(9);
  for (const asked of [
    other.call('run.codeSamples', { runId: bare, places: [0] }),
    other.call('run.layerActivations', { runId: bare, layerId, sample: { kind: 'place', place: 0 } }),
  ]) {
    expect(await codeOf(asked)).toBe('RUN_WITHOUT_DATA');
  }
  const clouds: CodeCloud[] = [];
  await other.stream('run.codeClouds', { runId: bare }, (cloud) => void clouds.push(cloud)).ended;
  expect(clouds).toMatchObject([{ count: 0, size: 16 }]);
  expect(clouds[0]!.deviation.some((value) => value > 0 && value !== 1)).toBe(true);

  const reference = { kind: 'npy', path: 'yours.npy', shape: [9] };
  await other.call('run.evaluateOther', { runId: bare, reference, baseFolder: folder });
  const { groups } = await other.call('run.errors', { runId: bare });
  expect(groups.map(({ name, errors }) => [name, errors.length / 4])).toEqual([['other', 80]]);
  const shown = await other.call('run.evaluatedSamples', { runId: bare, group: 'other', places: [0, 7, 79] });
  expect(shown.reconstructions.count).toBe(3);

  // Other data are scaled as the model's own were: so far off, they must come back much worse than theirs.
  const yours = { ...document, data: { ...data, path: 'yours.npy' } };
  const { runId: theirs } = await other.call('model.use', {
    ...{ modelId: about.modelId, document: { ...yours }, baseFolder: folder },
    data: 'other',
  });
  const end = endOf(await events(other, theirs));
  const before = endOf(told);
  if (end?.kind !== 'completed' || before?.kind !== 'completed') throw new Error('It did not complete.');
  expect(end.validation!.mse).toBeGreaterThan(10 * before.validation!.mse);
  expect((await other.call('run.current', {})).run).toMatchObject({ elsewhere: 'other data' });
});

it('opens a kept run as it was trained, saves it, and takes it and the run in hand elsewhere', async () => {
  const client = engine();
  const document = drawing();
  const asked = { document: { ...document }, baseFolder: null, engine: 'onnx' as const };
  const { runId } = await client.call('run.start', asked);
  const kept = client.call('run.keep', { runId, parent: folder, note: { app: '9' } });
  const told = await events(client, runId);
  const pixels = Uint8Array.from({ length: 784 }, (_, at) => at % 256);
  const own = await client.call('run.reconstruct', { runId, pixels });
  const place = (await kept).folder ?? '';

  const other = engine();
  const { document: opened, about } = await other.call('model.openFolder', { folder: place });
  expect(opened).toMatchObject({ name: document.name, data: digits });
  expect(about).toMatchObject({ epochs: 2, app: '9', data: { name: 'Digits and shapes' } });
  const { runId: shown } = await other.call('model.use', {
    modelId: about.modelId,
    document: opened,
    baseFolder: null,
  });
  const seen = await events(other, shown);
  expect(epochsOf(seen)).toEqual(epochsOf(told));
  expect(await other.call('run.reconstruct', { runId: shown, pixels })).toEqual(own);

  const path = join(folder, 'of-a-run.hourglass');
  await save(other, path, document, { folder: place });
  expect((await readModelFile(path)).weights).toEqual((await openModel(place)).weights);

  // The kept run, the opened model, and the runs that the engines hold are one and the same model.
  const files = [];
  for (const [of, model] of [
    [other, { folder: place }],
    [other, { opened: about.modelId }],
    [other, { held: shown }],
    [client, { held: runId }],
  ] as const) {
    const path = join(folder, `export-${files.length}`);
    const { offers } = await of.call('model.exportOffers', { model, name: 'mine' });
    expect(offers.map(({ name }) => name)).toContain('pytorch');
    const wanted = { name: 'mine', format: 'pytorch', part: 'whole', replace: false } as const;
    await of.call('model.export', { ...wanted, model, path });
    const [weights = ''] = (await readdir(path)).filter((name) => name.endsWith('.safetensors'));
    files.push(await readFile(join(path, weights)));
  }
  for (const file of files) expect(file.equals(files[0]!)).toBe(true);
  const pages = [];
  for (const [of, model] of [
    [other, { folder: place }],
    [other, { held: shown }],
    [client, { held: runId }],
  ] as const) {
    const page = join(folder, `report-${pages.length}.html`);
    const { bytes } = await of.call('model.report', { model, path: page, pictures: true, replace: false });
    pages.push(await readFile(page, 'utf8'));
    expect(bytes).toBe(Buffer.byteLength(pages.at(-1)!));
    expect(pages.at(-1)?.match(/<img/g)).toHaveLength(1);
  }
  const measured = (page = '') =>
    page.slice(page.indexOf('<h2>Measures'), page.indexOf('<h2>Reconstructions'));
  for (const page of pages) expect(measured(page)).toBe(measured(pages[0]));
  expect(await codeOf(other.call('model.exportOffers', { model: { held: 'another' }, name: 'mine' }))).toBe(
    'RUN_UNKNOWN',
  );
});

it('says which data are missing or others, and takes them where they are found', async () => {
  const path = join(folder, 'own-data.hourglass');
  const values = Float32Array.from({ length: 60 * 9 }, (_, at) => (at % 7) / 7);
  await writeFile(join(folder, 'own.npy'), npyBytes('<f4', '(60, 9)', new Uint8Array(values.buffer)));
  await writeFile(
    join(folder, 'else.npy'),
    npyBytes('<f4', '(60, 9)', new Uint8Array(values.buffer).fill(0)),
  );
  const own = (file: string): GraphDocument => ({
    ...drawing(),
    data: { kind: 'npy', path: file, shape: [9] },
  });
  const client = engine();
  const { runId } = await trained(client, own('own.npy'), folder);
  await save(client, path, own('own.npy'), { runId });
  await mkdir(join(folder, 'moved'));
  await rename(join(folder, 'own.npy'), join(folder, 'moved', 'own.npy'));

  const other = engine();
  const { about } = await other.call('model.open', { path });
  const use = (file: string) =>
    other.call('model.use', { modelId: about.modelId, document: { ...own(file) }, baseFolder: folder });
  const missing = await use('own.npy').catch((error: unknown) => error);
  if (!(missing instanceof ProblemError)) throw new Error('It was found.');
  expect(missing.problems[0].code).toBe('MODEL_DATA_MISSING');
  expect(missing.problems[0].message).toContain(about.data!.fingerprint.slice(0, 12));
  expect(await codeOf(use('else.npy'))).toBe('MODEL_OTHER_DATA');
  const { runId: found } = await use('moved/own.npy');
  expect(endOf(await events(other, found))).toBeDefined();
});

it('saves a drawing again with the weights it was opened with, whose data may be away', async () => {
  const [path, copy] = [join(folder, 'first.hourglass'), join(folder, 'copy.hourglass')];
  const client = engine();
  const { runId } = await trained(client, drawing());
  const { stamp } = await save(client, path, drawing(), { runId });
  const renamed = { ...drawing(), name: 'Renamed' };
  const other = engine();
  await save(other, copy, renamed, { file: { path, stamp } });
  const [first, second] = [await readModelFile(path), await openModel(copy)];
  expect(second.document.name).toBe('Renamed');
  expect(second.weights).toEqual(first.weights);
  expect(await codeOf(save(other, copy, renamed, { file: { path, stamp: 'model:other' } }))).toBe(
    'MODEL_CHANGED',
  );
  expect(await codeOf(save(other, copy, renamed, { modelId: 'none' }))).toBe('MODEL_UNKNOWN');
  expect(await codeOf(save(other, copy, renamed, {}))).toBe('MODEL_UNKNOWN');
  const blocks = drawing().blocks.map((block) =>
    block.id === 'code' ? { ...block, params: { ...block.params, size: 3 } } : block,
  );
  const grown = { ...drawing(), blocks };
  expect(await codeOf(save(other, copy, grown, { file: { path, stamp } }))).toBe('MODEL_UNFIT');
  expect(await codeOf(save(client, copy, grown, { runId }))).toBe('MODEL_UNFIT');
  expect((await openModel(copy)).document.name).toBe('Renamed');
});

it('does not save weights that are changing', async () => {
  const client = engine();
  const asked = { document: { ...drawing({ epochs: 10_000 }) }, baseFolder: null, engine: 'onnx' as const };
  const { runId } = await client.call('run.start', asked);
  const path = join(folder, 'going.hourglass');
  expect(await codeOf(save(client, path, drawing(), { runId }))).toBe('MODEL_RUN_GOING_ON');
  const using = { modelId: 'none', document: { ...drawing() }, baseFolder: null };
  expect(await codeOf(client.call('model.use', using))).toBe('RUN_IN_PROGRESS');
  await client.call('run.stop', { runId });
  await events(client, runId);
});
