import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { codeSizeOf } from '../../shared/document/code-size';
import { documentFrom } from '../../shared/document/document-text';
import type { GraphDocument } from '../../shared/document/graph-document';
import { emptyDocument, newDocument } from '../../shared/document/new-document';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import { Client } from '../../shared/ipc/client';
import { Handlers } from '../../shared/ipc/handlers';
import type { RunSummaryFile } from '../../shared/ipc/kept-run-schemas';
import { memoryPair } from '../../shared/ipc/memory-transport';
import { serve } from '../../shared/ipc/server';
import { KeptRuns } from '../files/kept-runs';
import { CodeSweep } from './code-sweep';
import { RunKeeper } from './run-keeper';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'hourglass-sweep-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

/** An engine that keeps what it was asked for, with an ending that the test chooses for each size. */
function sweep(endingOf: (size: number) => RunSummaryFile['ending'] | 'stuck' = () => 'completed') {
  const [near, far] = memoryPair((message) => structuredClone(message));
  const started: GraphDocument[] = [];
  let busyFor = 0;
  let release = () => {};
  const handlers = new Handlers()
    .onCall('run.start', ({ document }) => {
      if (busyFor > 0) {
        busyFor -= 1;
        throw new ProblemError(problem('RUN_IN_PROGRESS', { state: 'starting' }));
      }
      started.push(documentFrom(document));
      return { runId: `r${started.length}` };
    })
    .onCall('run.stop', () => {
      release();
      return {};
    })
    .onCall('run.keep', async ({ runId, parent: place, note }) => {
      const own = started.at(-1)!;
      const size = codeSizeOf(own) ?? 0;
      let ending = endingOf(size);
      if (ending === 'stuck') {
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        ending = 'stopped';
      }
      const folder = join(place, 'runs', `run-${runId}`);
      await mkdir(folder, { recursive: true });
      const summary: RunSummaryFile = {
        format: 'hourglass-run',
        version: 1,
        ended: started.length,
        ending,
        document: { name: own.name, hash: 'h' },
        data: { name: 'Digits', fingerprint: 'f', trainCount: 400 },
        scaling: 'none',
        codeSize: size,
        parameterCount: 1,
        engine: { name: 'onnx', version: '1' },
        app: note.app,
        seed: 1,
        epochs: [1, 1],
        steps: 1,
        stepsPerEpoch: 1,
        seconds: 1,
        lossName: 'MSE',
        loss: { training: 1, validation: 1 },
        mse: { validation: 1 / size, test: null, pcaValidation: null, pcaTest: null },
        ...(note.sweep && { sweep: note.sweep }),
      };
      await writeFile(join(folder, 'summary.json'), JSON.stringify(summary));
      return { folder };
    });
  serve(far, handlers, { report: () => 'ref' });
  const engine = new Client(near);
  const log = pino({ enabled: false });
  const runs = new KeptRuns({ parent });
  const keeper = new RunKeeper({ engine, runs, version: '1', log });
  const made = new CodeSweep({ engine, keeper, log, pause: 5 });
  const over = async () => {
    while (made.isGoingOn) await new Promise((resolve) => setTimeout(resolve, 2));
    return made.state;
  };
  return { made, runs, started, over, beBusy: (times: number) => (busyFor = times) };
}

const params = (sizes: number[], document: GraphDocument = newDocument()) => ({
  document: { ...document },
  baseFolder: null,
  sizes,
  epochs: 7,
});

it('trains each size in turn, from the smallest, and nothing else is another', async () => {
  const { made, runs, started, over } = sweep();
  const { sweepId } = await made.start(params([16, 4, 8, 8]));
  expect(await over()).toMatchObject({ sweepId, state: 'completed', sizes: [4, 8, 16], current: null });
  expect(started.map(codeSizeOf)).toEqual([4, 8, 16]);
  const plain = newDocument();
  for (const drawing of started) {
    expect(drawing.training.epochs).toBe(7);
    expect(drawing.blocks.filter(({ type }) => type !== 'code')).toEqual(
      plain.blocks.filter(({ type }) => type !== 'code'),
    );
  }
  const { runs: kept } = await runs.list();
  expect(kept.map((run) => run.sweep)).toEqual([16, 8, 4].map((size) => ({ id: sweepId, size })));
});

it('goes on where one size fails, and ends where the user stops one', async () => {
  const failing = sweep((size) => (size === 4 ? 'failed' : 'completed'));
  await failing.made.start(params([2, 4, 8]));
  expect(await failing.over()).toMatchObject({ state: 'completed' });
  const stopping = sweep((size) => (size === 4 ? 'stopped' : 'completed'));
  await stopping.made.start(params([2, 4, 8]));
  expect(await stopping.over()).toMatchObject({ state: 'stopped' });
  expect(stopping.started.map(codeSizeOf)).toEqual([2, 4]);
});

it('is stopped with the run that goes on, which is kept', async () => {
  const { made, over, started } = sweep(() => 'stuck');
  await made.start(params([2, 4]));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(made.state?.current).toEqual({ runId: 'r1', size: 2 });
  await made.stop();
  expect(await over()).toMatchObject({ state: 'stopped', current: null });
  expect(started).toHaveLength(1);
});

it('waits between two runs while the engine is at something short', async () => {
  const { made, over, started, beBusy } = sweep();
  await made.start(params([2, 4]));
  beBusy(3);
  expect(await over()).toMatchObject({ state: 'completed' });
  expect(started).toHaveLength(2);
});

it('refuses what can’t be trained, a busy engine, and a second one, as if it had not been asked', async () => {
  const { made, beBusy, over } = sweep();
  await expect(made.start(params([2, 4], emptyDocument()))).rejects.toThrow(ProblemError);
  beBusy(1);
  await expect(made.start(params([2, 4]))).rejects.toThrow(/one model at a time/);
  expect(made.state).toBeNull();
  await made.start(params([2, 4]));
  await expect(made.start(params([2, 4]))).rejects.toThrow(/sweep/i);
  await over();
});
