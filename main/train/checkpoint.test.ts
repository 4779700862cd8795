import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { GraphDocument, TrainingSettings } from '../../shared/document/graph-document';
import { emptyDocument, newBlock } from '../../shared/document/new-document';
import { newOptimizer, optimizers } from '../../shared/optimizers/catalogue';
import { chained } from '../../shared/plan/random-stacks';
import { newSchedule } from '../../shared/schedules/catalogue';
import type { Dataset } from '../data/dataset';
import type { Executor } from '../execute/executor';
import { enginesHere } from '../execute/fixtures/engines-here';
import { uniforms } from '../random/philox';
import { type Checkpoint, checkpointFrom, checkpointPieces } from './checkpoint';
import { CheckpointFolder } from './checkpoint-folder';
import { progressAt } from './fixtures/progress-at';
import { readSafetensors } from './read-safetensors';
import { TrainingRun } from './training-run';

const [COUNT, SHAPE] = [70, [6, 6, 1]];
const dataset: Dataset = {
  name: 'Noise',
  train: {
    dtype: 'float32',
    count: COUNT,
    shape: SHAPE,
    values: uniforms(3, 'samples', 0, COUNT * 36).map((u, i) => (i % 36 < 18 ? u : 0.5)),
    labels: null,
  },
  test: null,
  labelNames: null,
  range: [0, 1],
  fingerprint: 'noise',
  notes: [],
};

/** Everything that draws random numbers in training, or keeps something of its own from batch to batch. */
function drawing(training: Partial<TrainingSettings>): GraphDocument {
  const empty = emptyDocument();
  return {
    ...empty,
    data: { kind: 'npy', path: 'noise.npy', shape: SHAPE },
    ...chained([
      newBlock('input', 'input'),
      newBlock('corrupt-noise', 'corrupt-1'),
      newBlock('conv', 'conv-1', { filters: 4, stride: 2, activation: 'linear' }),
      newBlock('batch-norm', 'batch-norm-1', { momentum: 0.9 }),
      newBlock('gaussian-noise', 'noise-1', { deviation: 0.1 }),
      newBlock('dense', 'dense-1', { units: 12 }),
      newBlock('dropout', 'dropout-1', { rate: 0.3 }),
      newBlock('code', 'code', { size: 5 }),
    ]),
    training: { ...empty.training, batchSize: 16, epochs: 4, learningRate: 0.01, ...training },
  };
}

/** Each within an epoch, of four batches: the first, the second and the last. */
const PAUSES = [1, 7, 14];

const open: TrainingRun[] = [];
afterEach(async () => {
  for (const run of open.splice(0)) await run.dispose();
});

/** An executor that tells of every training step before it is taken, from 1. */
function telling(executor: Executor, tell: (step: number) => void): Executor {
  let steps = 0;
  return {
    describe: () => executor.describe(),
    parts: executor.parts,
    partsApart: executor.partsApart,
    async load(...args) {
      const session = await executor.load(...args);
      return {
        run(program, feeds, draw) {
          if (/(^|\/)step/.test(program)) tell(++steps);
          return session.run(program, feeds, draw);
        },
        state: (names) => session.state(names),
        setState: (state) => session.setState(state),
        dispose: () => session.dispose(),
      };
    },
  };
}

/** Trains to the end, paused and gone on with after some steps. */
async function trained(
  executor: Executor,
  document: GraphDocument,
  from?: Checkpoint,
  pauses: readonly number[] = [],
) {
  const kept: Checkpoint[] = [];
  const run: TrainingRun = new TrainingRun({
    document,
    dataset,
    executor: telling(executor, (step) => pauses.includes(step) && run.pause()),
    onEvent(event) {
      if (event.kind === 'paused') run.resume();
    },
    options: {
      pca: false,
      reconstructions: false,
      threads: 1,
      ...(from && { from }),
      async keepCheckpoint(make) {
        const checkpoint = await make();
        if (checkpoint) kept.push(checkpoint);
      },
    },
  });
  open.push(run);
  run.start();
  const ending = await run.finished;
  return { run, kept, ending, weights: await run.weights() };
}

/** All that may not differ: times do. */
function comparable({ progress, state, bestState }: Checkpoint) {
  const { epochs, within, ...others } = progress;
  return {
    ...others,
    seconds: 0,
    epochs: epochs.map((record) => ({ ...record, samplesPerSecond: 0 })),
    within: { ...within, milliseconds: 0 },
    state,
    bestState,
  };
}

const cases: readonly (readonly [string, Partial<TrainingSettings>])[] = [
  ['Adam, a cosine', { optimizer: newOptimizer('adam'), schedule: newSchedule('cosine') }],
  ['AdamW, on a plateau', { optimizer: newOptimizer('adamw'), schedule: newSchedule('plateau') }],
  ['SGD with momentum', { optimizer: { type: 'sgd', momentum: 0.9 } }],
  [
    'Adam, pairs trained before, early stopping',
    { optimizer: newOptimizer('adam'), pretraining: { epochs: 1 }, patience: 2 },
  ],
];

/** Every optimizer that has no case of its own. */
const others = optimizers
  .map(({ type }) => type)
  .filter((type) => !cases.some(([, { optimizer }]) => optimizer?.type === type));

describe.each(enginesHere('going on from checkpoints'))('a run that goes on, on %s', (_, create) => {
  let executor: Executor;
  beforeAll(async () => {
    executor = await create();
  });

  it.each(cases)('differs in no bit from one that was never interrupted: %s', async (_name, training) => {
    const document = drawing(training);
    const whole = await trained(executor, document);
    const paused = await trained(executor, document, undefined, PAUSES);
    expect(paused.weights).toEqual(whole.weights);
    const within = paused.kept.filter(({ progress }) => PAUSES.includes(progress.step));
    expect(within.map(({ progress }) => progress.step)).toEqual(PAUSES);
    expect(within.filter(({ progress }) => progress.within.batches > 0).length).toBeGreaterThan(1);
    expect(whole.kept.length).toBeGreaterThan(2);
    const last = whole.kept.at(-1);
    if (!last) throw new Error('Nothing was kept.');
    for (const checkpoint of [...within, ...whole.kept.slice(1, 2)]) {
      const { length, pieces } = await checkpointPieces(checkpoint);
      const bytes = Buffer.concat([...pieces()]);
      expect(bytes).toHaveLength(length);
      const read = await checkpointFrom(readSafetensors(bytes));
      expect(read).toEqual(checkpoint);
      const on = await trained(executor, document, read);
      expect(on.weights).toEqual(whole.weights);
      const end = on.kept.at(-1);
      expect(end && comparable(end)).toEqual(comparable(last));
      expect(on.ending).toMatchObject({ kind: 'completed', step: whole.run.history().steps });
      expect('validation' in on.ending && on.ending.validation).toEqual(
        'validation' in whole.ending && whole.ending.validation,
      );
    }
  });

  it.each(others)('so does one by %s, that keeps other numbers from step to step', async (type) => {
    const document = {
      ...drawing({ optimizer: newOptimizer(type), epochs: 2, batchSize: 35 }),
      ...chained([newBlock('input', 'input'), newBlock('code', 'code', { size: 5 })]),
    };
    const whole = await trained(executor, document);
    const [first] = whole.kept;
    if (!first) throw new Error('Nothing was kept.');
    const { pieces } = await checkpointPieces(first);
    const read = await checkpointFrom(readSafetensors(Buffer.concat([...pieces()])));
    const on = await trained(executor, document, read);
    expect(on.weights).toEqual(whole.weights);
    expect(first.progress.step).toBeLessThan(whole.run.history().steps);
  });

  it('comes to its end from behind the last step, too', async () => {
    const document = drawing({ epochs: 2 });
    const whole = await trained(executor, document);
    const last = whole.kept.at(-1);
    expect(last?.progress.epochs).toHaveLength(2);
    const on = await trained(executor, document, last);
    expect(on.ending).toMatchObject({ kind: 'completed', step: whole.run.history().steps });
    expect(on.weights).toEqual(whole.weights);
    // Whoever waits for the line of PCA must not do so for ever.
    expect(await on.run.pca).toBeNull();
  });

  it('refuses a checkpoint of another drawing, or of another engine', async () => {
    const { kept } = await trained(executor, drawing({ epochs: 1 }));
    const [checkpoint] = kept;
    if (!checkpoint) throw new Error('Nothing was kept.');
    await expect(trained(executor, drawing({ epochs: 2 }), checkpoint)).rejects.toMatchObject({
      problems: [{ code: 'CHECKPOINT_OTHER_DRAWING' }],
    });
    const engine = { ...checkpoint.progress.engine, threads: 3 };
    const other = { ...checkpoint, progress: { ...checkpoint.progress, engine } };
    await expect(trained(executor, drawing({ epochs: 1 }), other)).rejects.toMatchObject({
      problems: [{ code: 'CHECKPOINT_OTHER_ENGINE' }],
    });
  });
});

describe('a folder of checkpoints', () => {
  const checkpoint = (step: number): Checkpoint => ({
    progress: progressAt(step),
    state: new Map([['a/kernel', { dtype: 'float32', shape: [2], data: Float32Array.of(step, 1 / 3) }]]),
    bestState: null,
    losses: Float32Array.of(0.5, 1 / 3),
    lossSteps: Int32Array.of(2, 5),
  });
  let path = '';
  beforeAll(async () => {
    path = await mkdtemp(join(tmpdir(), 'checkpoints-'));
    return () => rm(path, { recursive: true, force: true });
  });

  it('keeps the newest two, and passes over one that is damaged anywhere', async () => {
    const folder = new CheckpointFolder(join(path, 'run'));
    await folder.write(checkpoint(5));
    await writeFile(join(folder.path, 'checkpoint-0000000070.safetensors.123'), 'half');
    for (const step of [90, 700]) await folder.write(checkpoint(step));
    expect(await readdir(folder.path)).toEqual([
      'checkpoint-0000000090.safetensors',
      'checkpoint-0000000700.safetensors',
    ]);
    expect(await folder.latest()).toEqual({ checkpoint: checkpoint(700), passedOver: [] });
    const newest = join(folder.path, 'checkpoint-0000000700.safetensors');
    const whole = await readFile(newest);
    for (let at = 0; at < whole.length; at += 7) {
      const broken = Buffer.from(whole);
      broken[at] = (broken[at] ?? 0) ^ 1;
      await writeFile(newest, broken);
      const { checkpoint: found, passedOver } = await folder.latest();
      // A space that fills up the header is the only thing that says nothing.
      if (found?.progress.step === 700) expect(found).toEqual(checkpoint(700));
      else {
        expect(found).toEqual(checkpoint(90));
        expect(passedOver).toMatchObject([{ code: 'CHECKPOINT_DAMAGED' }]);
      }
    }
    await writeFile(newest, whole.subarray(0, whole.length - 1));
    expect((await folder.latest()).checkpoint).toEqual(checkpoint(90));
  });

  it('keeps what a run writes that went back behind a damaged one, and lets that go', async () => {
    const folder = new CheckpointFolder(join(path, 'back'));
    for (const step of [90, 700]) await folder.write(checkpoint(step));
    await writeFile(join(folder.path, 'checkpoint-0000000700.safetensors'), 'half');
    await folder.write(checkpoint(150));
    expect(await readdir(folder.path)).toEqual([
      'checkpoint-0000000090.safetensors',
      'checkpoint-0000000150.safetensors',
    ]);
    expect(await folder.latest()).toEqual({ checkpoint: checkpoint(150), passedOver: [] });
  });
});
