import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { documentText } from '../../shared/document/document-text';
import { newDocument } from '../../shared/document/new-document';
import { ProblemError } from '../../shared/errors/problem';
import type { RunSummaryFile } from '../../shared/ipc/kept-run-schemas';
import { KeptRuns } from './kept-runs';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'hourglass-kept-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

function summary(ended: number, name = 'Mine'): RunSummaryFile {
  return {
    format: 'hourglass-run',
    version: 1,
    ended,
    ending: 'completed',
    document: { name, hash: 'abc' },
    data: { name: 'Digits', fingerprint: 'f', trainCount: 400 },
    scaling: 'none',
    codeSize: 32,
    parameterCount: 1000,
    engine: { name: 'onnx', version: '1' },
    app: '1',
    seed: 1,
    epochs: [2, 2],
    steps: 26,
    stepsPerEpoch: 13,
    seconds: 1.5,
    lossName: 'MSE',
    loss: { training: 0.2, validation: 0.1 },
    mse: { validation: 0.1, test: null, pcaValidation: 0.2, pcaTest: null },
  };
}

const history = {
  ending: 'completed',
  epochs: [{ epoch: 1, step: 2, trainLoss: 0.5, validation: { mse: 0.4, loss: 0.4 }, samplesPerSecond: 9 }],
  validation: { mse: 0.4, pcaMse: 0.3 },
  losses: [0.6, 0.4],
};

async function kept(id: string, ended: number, bytes = 10): Promise<void> {
  const folder = join(parent, 'runs', id);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'document.hourglass'), documentText(newDocument()));
  await writeFile(join(folder, 'history.json'), JSON.stringify(history));
  await writeFile(join(folder, 'weights.safetensors'), Buffer.alloc(bytes));
  await writeFile(join(folder, 'summary.json'), JSON.stringify(summary(ended)));
}

const idsOf = async (runs: KeptRuns) => (await runs.list()).runs.map(({ id }) => id);

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.catch((thrown: unknown) => thrown);
  return error instanceof ProblemError ? error.problems[0].code : String(error);
}

/** A run that goes on, or did. */
async function unfinished(id: string, began: string, checkpoints: readonly string[]): Promise<void> {
  const folder = join(parent, 'runs', `.writing-${id}`);
  await mkdir(join(folder, 'checkpoints'), { recursive: true });
  for (const name of checkpoints) await writeFile(join(folder, 'checkpoints', name), 'state');
  const file = {
    format: 'hourglass-unfinished-run',
    version: 1,
    began: 1,
    holder: { pid: process.pid, began },
    name: 'Mine',
    data: 'Digits',
    engine: { name: 'onnx', version: '1' },
    epochs: 20,
    stepsPerEpoch: 10,
    note: { app: '1' },
  };
  await writeFile(join(folder, 'unfinished.json'), JSON.stringify(file));
}

const NEWEST = ['checkpoint-0000000065.safetensors', 'checkpoint-0000000075.safetensors'];

it('tells runs that were interrupted from those that a process trains, and from what is of no use', async () => {
  const [dead, living, early] = [1, 2, 3].map((digit) => `0a0e5c06-5c4c-4d0c-9a27-0f4c0a6d2f1${digit}`);
  await unfinished(dead ?? '', 'another time', NEWEST);
  await unfinished(living ?? '', '', NEWEST);
  await unfinished(early ?? '', 'another time', []);
  const runs = new KeptRuns({ parent });
  const { interrupted, atWork } = await runs.list();
  expect(interrupted).toMatchObject([{ id: dead, name: 'Mine', epochs: [7, 20], step: 75 }]);
  expect(atWork).toEqual([living]);
  expect(await codeOf(runs.discard(living ?? ''))).toBe('CHECKPOINT_TAKEN');
  const old = new Date(Date.now() - 25 * 60 * 60 * 1000);
  for (const id of [dead, living, early]) await utimes(join(parent, 'runs', `.writing-${id}`), old, old);
  await runs.tidy();
  expect((await readdir(join(parent, 'runs'))).sort()).toEqual([`.writing-${dead}`, `.writing-${living}`]);
  await runs.discard(dead ?? '');
  expect((await runs.list()).interrupted).toEqual([]);
});

it('removes the oldest of more than ten interrupted runs', async () => {
  for (let at = 10; at < 22; at++) {
    const id = `0a0e5c06-5c4c-4d0c-9a27-0f4c0a6d2f${at}`;
    await unfinished(id, 'another time', NEWEST);
    const checkpoint = join(parent, 'runs', `.writing-${id}`, 'checkpoints', NEWEST[1] ?? '');
    await utimes(checkpoint, at, at);
  }
  const runs = new KeptRuns({ parent });
  await runs.tidy();
  const { interrupted } = await runs.list();
  expect(interrupted.map(({ id }) => id.slice(-2))).toEqual(
    Array.from({ length: 10 }, (_, index) => String(21 - index)),
  );
});

it('lists nothing where nothing was kept', async () => {
  expect(await new KeptRuns({ parent }).list()).toMatchObject({ runs: [], passedOver: [] });
});

it('lists the newest first, by their summaries alone, and passes over what is no whole run', async () => {
  await kept('a-1', 100);
  await kept('b-2', 300);
  await kept('c-3', 200);
  await writeFile(join(parent, 'runs', 'a-1', 'history.json'), 'cut off');
  await mkdir(join(parent, 'runs', 'half'));
  await mkdir(join(parent, 'runs', '.writing-now'));
  await kept('damaged', 400);
  await writeFile(join(parent, 'runs', 'damaged', 'summary.json'), '{"format":"hourglass-run"}');
  await writeFile(join(parent, 'runs', 'Notes.txt'), 'mine');
  const { runs, passedOver } = await new KeptRuns({ parent }).list();
  expect(runs.map(({ id }) => id)).toEqual(['b-2', 'c-3', 'a-1']);
  expect(runs[0]).toMatchObject({ name: '', starred: false, codeSize: 32 });
  expect(passedOver.map(({ id }) => id).sort()).toEqual(['Notes.txt', 'damaged', 'half']);
});

it('opens a run with its drawing and charts, and says what is damaged', async () => {
  await kept('a-1', 100);
  const runs = new KeptRuns({ parent });
  const opened = await runs.open('a-1');
  expect(opened.folder).toBe(join(parent, 'runs', 'a-1'));
  expect(opened.document).toMatchObject({ format: 'hourglass', name: 'Untitled' });
  expect(opened.history.losses).toEqual([
    { step: 1, loss: 0.6 },
    { step: 2, loss: 0.4 },
  ]);
  expect(opened.history.pca).toEqual({ mse: 0.3 });
  expect(await runs.film('a-1')).toBeNull();
  await writeFile(join(parent, 'runs', 'a-1', 'film.safetensors'), 'no film');
  expect(await codeOf(runs.film('a-1'))).toBe('KEPT_RUN_DAMAGED');
  await writeFile(join(parent, 'runs', 'a-1', 'history.json'), '{}');
  expect(await codeOf(runs.open('a-1'))).toBe('KEPT_RUN_DAMAGED');
  expect(await codeOf(runs.open('gone'))).toBe('FILE_MISSING');
});

it('names and stars runs, one change after the other, and tells of each', async () => {
  await kept('a-1', 100);
  const runs = new KeptRuns({ parent });
  let told = 0;
  runs.onChange(() => {
    told += 1;
  });
  await Promise.all([runs.label('a-1', { name: 'Best so far' }), runs.label('a-1', { starred: true })]);
  expect((await runs.list()).runs[0]).toMatchObject({ name: 'Best so far', starred: true });
  expect(told).toBe(2);
  expect(await codeOf(runs.label('gone', { name: 'x' }))).toBe('FILE_MISSING');
  expect(await readdir(join(parent, 'runs'))).toEqual(['a-1']);
});

it('leads nowhere but into its own folder', async () => {
  await writeFile(join(parent, 'precious'), 'x');
  const runs = new KeptRuns({ parent });
  for (const id of ['../precious', '..', '.', '', 'a/b', '.writing-x']) {
    await expect(runs.remove([id]), id).rejects.toThrow();
    await expect(runs.open(id), id).rejects.toThrow();
  }
  expect(await readdir(parent)).toContain('precious');
});

it('removes the oldest without a star beyond so many, and what a crash left behind', async () => {
  for (let number = 1; number <= 6; number++) await kept(`run-${number}`, number);
  const runs = new KeptRuns({ parent, newest: 3 });
  await runs.label('run-1', { starred: true });
  const unfinished = join(parent, 'runs', '.writing-old');
  await mkdir(unfinished);
  await utimes(unfinished, 0, 0);
  await mkdir(join(parent, 'runs', '.writing-new'));
  await runs.tidy();
  expect(await idsOf(runs)).toEqual(['run-6', 'run-5', 'run-4', 'run-1']);
  expect((await readdir(join(parent, 'runs'))).filter((name) => name.startsWith('.'))).toEqual([
    '.writing-new',
  ]);
});

it('lets the newest completed runs, and those with a star, be trained on from their ends', async () => {
  for (let number = 1; number <= 5; number++) {
    await kept(`run-${number}`, number);
    const checkpoints = join(parent, 'runs', `run-${number}`, 'checkpoints');
    await mkdir(checkpoints);
    await writeFile(join(checkpoints, 'checkpoint-0000000012.safetensors'), 'state');
  }
  const runs = new KeptRuns({ parent, checkpoints: 2 });
  await runs.label('run-1', { starred: true });
  await runs.tidy();
  const listed = (await runs.list()).runs.map(({ id, checkpoint, checkpointBytes }) => [
    id,
    checkpoint,
    checkpointBytes,
  ]);
  expect(listed).toEqual([
    ['run-5', 12, 5],
    ['run-4', 12, 5],
    ['run-3', null, 0],
    ['run-2', null, 0],
    ['run-1', 12, 5],
  ]);
});

it('removes the oldest without a star beyond the room for all, never the newest run', async () => {
  for (let number = 1; number <= 4; number++) await kept(`run-${number}`, number, 100_000);
  const roomy = new KeptRuns({ parent, mostBytes: 350_000 });
  await roomy.tidy();
  expect(await idsOf(roomy)).toEqual(['run-4', 'run-3', 'run-2']);
  const tight = new KeptRuns({ parent, mostBytes: 1 });
  await tight.label('run-2', { starred: true });
  await tight.tidy();
  expect(await idsOf(tight)).toEqual(['run-4', 'run-2']);
});

it('lists three hundred runs in well under a second, as nothing but summaries is read', async () => {
  for (let number = 0; number < 300; number++) {
    const folder = join(parent, 'runs', `run-${number}`);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'summary.json'), JSON.stringify(summary(number)));
  }
  const since = performance.now();
  expect(await idsOf(new KeptRuns({ parent }))).toHaveLength(300);
  // Two busy cores are given time.
  expect(performance.now() - since).toBeLessThan(3000);
}, 30_000);
