import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../shared/document/graph-document';
import { emptyDocument, newBlock } from '../../shared/document/new-document';
import type { RunEvent } from '../../shared/ipc/contract';
import { chained } from '../../shared/plan/random-stacks';
import type { Dataset } from '../data/dataset';
import type { Executor, ModelSession, Tensor } from '../execute/executor';
import { enginesHere } from '../execute/fixtures/engines-here';
import { uniforms } from '../random/philox';
import { ReleasableSession } from './releasable-session';
import { TrainingRun, type TrainingRunOptions } from './training-run';

const SHAPE = [6, 6, 1];
const dataset: Dataset = {
  name: 'Noise',
  train: {
    dtype: 'float32',
    count: 70,
    shape: SHAPE,
    values: uniforms(3, 'samples', 0, 70 * 36),
    labels: null,
  },
  test: null,
  labelNames: null,
  range: [0, 1],
  fingerprint: 'noise',
  notes: [],
};

/** What draws random numbers, keeps something of each batch, and has an optimizer with memory. */
const document: GraphDocument = {
  ...emptyDocument(),
  data: { kind: 'npy', path: 'noise.npy', shape: SHAPE },
  ...chained([
    newBlock('input', 'input'),
    newBlock('corrupt-noise', 'corrupt-1'),
    newBlock('conv', 'conv-1', { filters: 4, stride: 2 }),
    newBlock('batch-norm', 'batch-norm-1'),
    newBlock('dense', 'dense-1', { units: 12 }),
    newBlock('dropout', 'dropout-1', { rate: 0.3 }),
    newBlock('code', 'code', { size: 5 }),
  ]),
  training: { ...emptyDocument().training, batchSize: 16, epochs: 4, patience: 3, learningRate: 0.01 },
};

const open: TrainingRun[] = [];
afterEach(async () => {
  for (const run of open.splice(0)) await run.dispose();
});

describe.each(enginesHere('a pause'))('a pause that lasts, %s', (_, create) => {
  let executor: Executor;
  /** Sessions that are open now, and all that ever were. */
  let [present, ever] = [0, 0];
  /** Told of every training step before it is taken, from 1. */
  let onStep: (step: number) => unknown = () => {};
  let steps = 0;
  beforeAll(async () => {
    const real = await create();
    executor = {
      describe: () => real.describe(),
      parts: real.parts,
      partsApart: real.partsApart,
      async load(...given) {
        const session = await real.load(...given);
        present += 1;
        ever += 1;
        return {
          run: (program, ...args) => {
            if (program.startsWith('step')) onStep(++steps);
            return session.run(program, ...args);
          },
          state: (names) => session.state(names),
          setState: (state) => session.setState(state),
          dispose: async () => {
            present -= 1;
            await session.dispose();
          },
        };
      },
    };
  });

  function begun(
    options: TrainingRunOptions,
    onEvent: (event: RunEvent, run: TrainingRun) => void = () => {},
  ) {
    const run: TrainingRun = new TrainingRun({
      ...{ document, dataset, executor, onEvent: (event) => onEvent(event, run) },
      options: { pca: false, ...options },
    });
    open.push(run);
    steps = 0;
    onStep = () => {};
    run.start();
    return run;
  }

  it('lets go of the engine’s memory, and goes on to the very weights of a run that was never paused', async () => {
    const whole = begun({});
    expect((await whole.finished).kind).toBe('completed');
    const expected = await (await whole.checkpoint()).state;
    await whole.dispose();
    const pauses: Promise<void>[] = [];
    const run = begun({ releaseAfter: 0 }, (event, own) => {
      // Within an epoch, and right behind one.
      if (event.kind === 'progress' && [3, 8].includes(event.firstStep + event.losses.length - 1))
        own.pause();
      if (event.kind === 'epoch' && event.epoch === 3) own.pause();
      if (event.kind !== 'paused') return;
      const before = ever;
      pauses.push(
        (async () => {
          await expect.poll(() => present).toBe(0);
          // Who looks meanwhile has it opened again; the state alone is had without.
          await own.weights();
          expect(ever).toBe(before);
          if (pauses.length === 2) {
            await own.reconstruct(new Uint8Array(36));
            expect(ever).toBe(before + 1);
          }
          own.resume();
        })(),
      );
    });
    // And within two, of four batches each.
    onStep = (step) => {
      if (step === 3 || step === 14) run.pause();
    };
    expect((await run.finished).kind).toBe('completed');
    await Promise.all(pauses);
    expect(pauses).toHaveLength(3);
    const { state } = await run.checkpoint();
    expect([...state.keys()]).toEqual([...expected.keys()]);
    let differing = 0;
    for (const [name, { data }] of expected) {
      const own = state.get(name)?.data ?? new Float32Array();
      const [a, b] = [data, own].map((each) => new Uint8Array(each.buffer, each.byteOffset, each.byteLength));
      differing += a?.filter((byte, at) => byte !== b?.[at]).length ?? 1;
    }
    expect(differing).toBe(0);
  });

  it('can be stopped while nothing but the state is there', async () => {
    const run = begun({ releaseAfter: 0 });
    onStep = () => run.pause();
    await expect.poll(() => run.summary().state).toBe('paused');
    await expect.poll(() => present).toBe(0);
    run.stop();
    expect((await run.finished).kind).toBe('stopped');
    expect((await run.weights()).size).toBeGreaterThan(0);
    await run.dispose();
    expect(present).toBe(0);
  });

  it('keeps all where it is short', async () => {
    const run = begun({});
    onStep = (step) => step === 2 && run.pause();
    await expect.poll(() => run.summary().state).toBe('paused');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(present).toBeGreaterThan(0);
    run.resume();
    expect((await run.finished).kind).toBe('completed');
  });
});

it('is not let go of while it is in use, and keeps its state where it can’t be opened again', async () => {
  const state = new Map<string, Tensor>([['w', { dtype: 'float32', shape: [1], data: Float32Array.of(3) }]]);
  let answer = () => {};
  const inner: ModelSession = {
    run: () =>
      new Promise((resolve) => {
        answer = () => resolve({ outputs: {}, finite: true });
      }),
    state: async () => new Map(state),
    setState: async () => {},
    dispose: async () => {},
  };
  const session = new ReleasableSession(inner, () => Promise.reject(new Error('no memory')));
  const running = session.run('step', {});
  expect(await session.release()).toBeNull();
  answer();
  await running;
  expect(await session.release()).toEqual(state);
  await expect(session.run('step', {})).rejects.toThrow('no memory');
  expect([...((await session.state()).get('w')?.data ?? [])]).toEqual([3]);
  await session.dispose();
  await expect(session.run('step', {})).rejects.toThrow('disposed');
});
