import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { GraphDocument } from '../../shared/document/graph-document';
import { newDocument } from '../../shared/document/new-document';
import { ProblemError } from '../../shared/errors/problem';
import { Client } from '../../shared/ipc/client';
import type { CallParams, RunEvent } from '../../shared/ipc/contract';
import { runSummaryFileSchema } from '../../shared/ipc/kept-run-schemas';
import { memoryPair } from '../../shared/ipc/memory-transport';
import { serve } from '../../shared/ipc/server';
import { CheckpointFolder } from '../train/checkpoint-folder';
import { readUnfinished } from '../train/unfinished-run';
import { createEngineService, type EngineService } from './engine-service';

/** As many as a pause after the first is certain to come before the last. */
const EPOCHS = 8;

let service: EngineService;
let client: Client;
let parent: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'hourglass-going-on-'));
  service = createEngineService(() => 'ref');
  const [near, far] = memoryPair((message) => structuredClone(message));
  serve(far, service.handlers, { report: () => 'ref' });
  client = new Client(near);
});
afterEach(async () => {
  await service.dispose();
  await rm(parent, { recursive: true, force: true });
});

function drawing(change: Partial<GraphDocument['training']> = {}): GraphDocument {
  const base = newDocument();
  return {
    ...base,
    name: 'Mine',
    data: { kind: 'builtin', name: 'digits-and-shapes', count: 400, shape: [28, 28, 1] },
    training: { ...base.training, batchSize: 32, epochs: EPOCHS, ...change },
  };
}

const runs = () => join(parent, 'runs');
const keep = (runId: string) => client.call('run.keep', { runId, parent, note: { app: '1' } });
const goOn = (folder: string, given: Partial<CallParams<'run.goOn'>> = {}) =>
  client.call('run.goOn', { folder, changes: {}, keepOnly: false, ...given });

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.catch((thrown: unknown) => thrown);
  if (!(error instanceof ProblemError)) throw new Error(`Expected a Problem, got ${error}`);
  return error.problems[0].code;
}

/** Follows a run until `enough` says so, or to its end. */
async function follow(runId: string, enough: (event: RunEvent) => boolean = () => false) {
  const events: RunEvent[] = [];
  const stream = client.stream('run.events', { runId, after: -1 }, (event) => {
    events.push(event);
    if (enough(event)) stream.cancel();
  });
  await stream.ended.catch((error: unknown) => {
    if (!(error instanceof Error) || error.name !== 'Cancelled') throw error;
  });
  return events;
}

const lossesOf = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.kind === 'progress' ? event.losses : []));
const epochsOf = (events: readonly RunEvent[]) => events.filter(({ kind }) => kind === 'epoch');

/** A run that rests amid its epochs, and a copy of its folder as a crash would leave it. */
async function interrupted(change: Partial<GraphDocument['training']> = {}) {
  const { runId } = await client.call('run.start', {
    document: { ...drawing(change) },
    baseFolder: null,
    engine: 'onnx',
  });
  const whole = keep(runId);
  const path = join(runs(), `.writing-${runId}`);
  await follow(runId, (event) => event.kind === 'epoch');
  await client.call('run.pause', { runId });
  const checkpoints = new CheckpointFolder(join(path, 'checkpoints'));
  await expect.poll(async () => (await checkpoints.newest()) !== null).toBe(true);
  const told = await readUnfinished(path);
  const left = join(runs(), '.writing-5d4c5e06-5c4c-4d0c-9a27-0f4c0a6d2f11');
  await cp(path, left, { recursive: true });
  const holder = { pid: process.pid, began: 'another time' };
  await writeFile(join(left, 'unfinished.json'), JSON.stringify({ ...told, holder }));
  return { runId, path, left, whole, step: (await checkpoints.newest())?.step ?? 0 };
}

const summaryIn = async (folder: string | null) =>
  runSummaryFileSchema.parse(JSON.parse(await readFile(join(folder ?? '', 'summary.json'), 'utf8')));
const weightsIn = (folder: string | null) => readFile(join(folder ?? '', 'weights.safetensors'));

it('says where a run is while it goes on, and goes on after a crash as if there had been none', async () => {
  const { runId, path, left, whole, step } = await interrupted();
  expect(await readUnfinished(path)).toMatchObject({
    name: 'Mine',
    epochs: EPOCHS,
    holder: { pid: process.pid },
  });
  expect(await codeOf(goOn(left))).toBe('RUN_IN_PROGRESS');
  await client.call('run.resume', { runId });
  const first = await follow(runId);
  const place = (await whole).folder;
  expect(place).toMatch(/runs.mine-/);
  // It can be trained on, from its end alone.
  expect(await readdir(join(place ?? '', 'checkpoints'))).toHaveLength(1);
  expect(await readdir(place ?? '')).not.toContain('unfinished.json');

  const on = await goOn(left);
  expect(on).toMatchObject({ passedOver: [], document: { name: 'Mine' } });
  expect(await readUnfinished(on.folder)).toMatchObject({ holder: { pid: process.pid } });
  const kept = keep(on.runId);
  const second = await follow(on.runId);
  expect(lossesOf(second)).toEqual(lossesOf(first));
  expect(lossesOf(second)).toHaveLength(EPOCHS * Math.ceil(360 / 32));
  expect(epochsOf(second)).toEqual(epochsOf(first));
  const after = (await kept).folder;
  expect(await weightsIn(after)).toEqual(await weightsIn(place));
  // It is the same run, whatever process trained it.
  expect(await summaryIn(after)).toMatchObject({ identity: runId });
  expect(step).toBeGreaterThan(0);
  expect((await readdir(runs())).filter((name) => name.startsWith('.'))).toEqual([]);
});

it('refuses a run that a process trains, and one that somebody took meanwhile', async () => {
  const { runId, path, whole } = await interrupted();
  await client.call('run.stop', { runId });
  const place = (await whole).folder ?? '';
  await cp(place, path, { recursive: true });
  await writeFile(
    join(path, 'unfinished.json'),
    JSON.stringify({
      ...(await readUnfinished(join(runs(), '.writing-5d4c5e06-5c4c-4d0c-9a27-0f4c0a6d2f11'))),
      holder: { pid: process.pid, began: '' },
    }),
  );
  expect(await codeOf(goOn(path))).toBe('CHECKPOINT_TAKEN');
  expect(await codeOf(goOn(join(runs(), 'nothing')))).toBe('CHECKPOINT_NONE');
});

it('passes over a damaged checkpoint with a word, and keeps what there is without a step', async () => {
  const { runId, left, whole, step } = await interrupted();
  await client.call('run.resume', { runId });
  await client.call('run.pause', { runId });
  await client.call('run.stop', { runId });
  const stopped = (await whole).folder ?? '';
  const name = `checkpoint-${String(step + 1000).padStart(10, '0')}.safetensors`;
  await writeFile(join(left, 'checkpoints', name), 'half');
  const on = await goOn(left, { keepOnly: true });
  expect(on.passedOver).toMatchObject([{ code: 'CHECKPOINT_DAMAGED' }]);
  const kept = keep(on.runId);
  const events = await follow(on.runId);
  expect(events.at(-1)).toMatchObject({ kind: 'stopped', step });
  const { folder } = await kept;
  const history = JSON.parse(await readFile(join(folder ?? '', 'history.json'), 'utf8'));
  expect(history.losses).toHaveLength(step);
  // Both that were stopped can be gone on with, and lead to the same end.
  const ends = [];
  for (const each of [folder ?? '', stopped]) {
    const next = await goOn(each);
    const end = keep(next.runId);
    await follow(next.runId);
    ends.push(await weightsIn((await end).folder));
  }
  expect(ends[0]).toEqual(ends[1]);
  expect((await readdir(runs())).sort()).toHaveLength(2);
});

it('goes on for more epochs as such a run would have from its beginning, beside the one that was stopped', async () => {
  const { runId, whole } = await interrupted();
  await client.call('run.stop', { runId });
  const stopped = (await whole).folder ?? '';
  const on = await goOn(stopped, { changes: { moreEpochs: 2 } });
  const kept = keep(on.runId);
  await follow(on.runId);
  const longer = (await kept).folder;
  const { runId: fresh } = await client.call('run.start', {
    document: { ...drawing({ epochs: EPOCHS + 2 }) },
    baseFolder: null,
    engine: 'onnx',
  });
  const end = keep(fresh);
  await follow(fresh);
  expect(await weightsIn(longer)).toEqual(await weightsIn((await end).folder));
  expect(await readdir(stopped)).toContain('checkpoints');

  // As one whose loss became no number it would come to the same end.
  const file = join(stopped, 'summary.json');
  const summary = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...summary, ending: 'failed', problemCode: 'NAN_LOSS' }));
  expect(await codeOf(goOn(stopped))).toBe('CHECKPOINT_LEADS_NOWHERE');
  const slower = await goOn(stopped, { changes: { learningRate: 0.0001 } });
  const last = keep(slower.runId);
  await follow(slower.runId);
  const history = JSON.parse(await readFile(join((await last).folder ?? '', 'history.json'), 'utf8'));
  expect(history).toMatchObject({ ending: 'completed' });
});

it('trains on from the end of a completed run, bit for bit, and its film goes on', async () => {
  const trained = async (epochs: number) => {
    const asked = { document: { ...drawing({ epochs }) }, baseFolder: null, engine: 'onnx' as const };
    const { runId } = await client.call('run.start', asked);
    const kept = keep(runId);
    await follow(runId);
    return (await kept).folder ?? '';
  };
  const whole = await trained(3);
  expect(await codeOf(goOn(whole))).toBe('CHECKPOINT_COMPLETE');
  const on = await goOn(whole, { changes: { moreEpochs: 2 } });
  const kept = keep(on.runId);
  expect(epochsOf(await follow(on.runId))).toHaveLength(5);
  const { film } = await client.call('run.film', { runId: on.runId });
  expect(film?.steps[0]).toBeLessThanOrEqual(12);
  expect(film?.steps.at(-1)).toBe(5 * 12);
  const longer = (await kept).folder;
  const { identity } = await summaryIn(whole);
  expect(identity).toBeDefined();
  expect((await summaryIn(longer)).parent).toEqual({ identity, id: basename(whole), name: 'Mine' });
  expect((await summaryIn(longer)).identity).not.toBe(identity);
  expect(await weightsIn(longer)).toEqual(await weightsIn(await trained(5)));
});

it('trains on where early stopping had ended a run, and waits anew for a better epoch', async () => {
  const early = drawing({ epochs: 40, patience: 1, learningRate: 0.1 });
  const asked = { document: { ...early }, baseFolder: null, engine: 'onnx' as const };
  const { runId } = await client.call('run.start', asked);
  const kept = keep(runId);
  const first = epochsOf(await follow(runId)).length;
  expect(first).toBeLessThan(40);
  const on = await goOn((await kept).folder ?? '', { changes: { moreEpochs: 30 } });
  const end = keep(on.runId);
  const events = await follow(on.runId);
  expect(on.document.training).toMatchObject({ epochs: first + 30 });
  expect(epochsOf(events).length).toBeGreaterThan(first);
  expect(epochsOf(events).length).toBeLessThan(first + 30);
  expect(events.some(({ kind }) => kind === 'completed')).toBe(true);
  await end;
});
