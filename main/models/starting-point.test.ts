import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DocumentBlock, GraphDocument } from '../../shared/document/graph-document';
import { emptyDocument, newBlock } from '../../shared/document/new-document';
import { ProblemError } from '../../shared/errors/problem';
import type { RunEvent } from '../../shared/ipc/contract';
import { chained } from '../../shared/plan/random-stacks';
import { initialState } from '../compile/initial-state';
import type { Dataset } from '../data/dataset';
import type { Executor } from '../execute/executor';
import { enginesHere } from '../execute/fixtures/engines-here';
import { uniforms } from '../random/philox';
import type { Checkpoint } from '../train/checkpoint';
import { TrainingRun, type TrainingRunOptions } from '../train/training-run';
import type { TrainedModel } from './trained-model';

const [COUNT, WIDTH] = [48, 10];
const dataset: Dataset = {
  name: 'Noise',
  train: {
    dtype: 'float32',
    count: COUNT,
    shape: [WIDTH],
    values: uniforms(3, 'samples', 0, COUNT * WIDTH),
    labels: null,
  },
  test: null,
  labelNames: null,
  range: [0, 1],
  fingerprint: 'noise',
  notes: [],
};

function drawing(blocks: readonly DocumentBlock[], seed = 1): GraphDocument {
  const empty = emptyDocument();
  return {
    ...empty,
    name: 'Mine',
    data: { kind: 'npy', path: 'noise.npy', shape: [WIDTH] },
    ...chained([newBlock('input', 'input'), ...blocks]),
    training: { ...empty.training, batchSize: 16, epochs: 2, learningRate: 0.01, seed },
  };
}

const dense = (id: string, units: number, more = {}) => newBlock('dense', id, { units, ...more });
const code = newBlock('code', 'code', { size: 3 });

const open: TrainingRun[] = [];
afterEach(async () => {
  for (const run of open.splice(0)) await run.dispose();
});

function runOf(executor: Executor, document: GraphDocument, options: TrainingRunOptions = {}) {
  const events: RunEvent[] = [];
  const run = new TrainingRun({
    document,
    dataset,
    executor,
    onEvent: (event) => events.push(event),
    options: { pca: false, reconstructions: false, threads: 1, ...options },
  });
  open.push(run);
  return { run, events };
}

async function trained(executor: Executor, document: GraphDocument, options: TrainingRunOptions = {}) {
  const { run } = runOf(executor, document, options);
  run.start();
  await run.finished;
  return { run, weights: await run.weights() };
}

const preprocessing = { dtype: 'float32', scaling: null, columns: null } as const;

describe.each(enginesHere('beginning with trained weights'))('a run on %s', (_, create) => {
  let executor: Executor;
  let model: TrainedModel;
  beforeAll(async () => {
    executor = await create();
    const document = drawing([dense('dense-1', 8), dense('dense-2', 6), code], 5);
    const { run, weights } = await trained(executor, { ...document, name: 'Theirs' });
    model = { document: { ...document, name: 'Theirs' }, weights, preprocessing };
    await run.dispose();
  });

  it('begins with the encoder of a model, to the bit, and with fresh weights elsewhere', async () => {
    const document = drawing([dense('first', 8, { frozen: true }), dense('dense-2', 6), code]);
    const kept: Checkpoint[] = [];
    const { run } = await trained(executor, document, {
      weights: { model: { model, part: 'encoder' } },
      async keepCheckpoint(make) {
        const checkpoint = await make();
        if (checkpoint) kept.push(checkpoint);
      },
    });
    const begun = kept[0]?.state;
    const fresh = initialState(run.plan, document.training.optimizer, document.training.seed);
    expect(kept[0]?.progress.step).toBe(0);
    expect(begun?.get('first/kernel')).toEqual(model.weights.get('dense-1/kernel'));
    expect(begun?.get('dense-2/bias')).toEqual(model.weights.get('dense-2/bias'));
    expect(begun?.get('code/kernel')).toEqual(model.weights.get('code/kernel'));
    for (const [name, tensor] of fresh) {
      // Twins begin afresh, and so does everything that the optimizer keeps.
      if (name.includes('′') || name.includes(':') || name.startsWith('optimizer/')) {
        expect(begun?.get(name), name).toEqual(tensor);
      }
    }
    const after = await run.weights();
    expect(after.get('first/kernel')).toEqual(model.weights.get('dense-1/kernel'));
    expect(after.get('dense-2/kernel')).not.toEqual(model.weights.get('dense-2/kernel'));
    expect(run.startedFrom).toMatchObject({ model: { name: 'Theirs', part: 'encoder' }, kept: 0 });
  });

  it('goes on from its very first checkpoint as if it had not been interrupted', async () => {
    const document = drawing([
      dense('dense-1', 8, { learningRateFactor: 0.1 }),
      dense('dense-2', 6, { learningRateFactor: 3 }),
      code,
    ]);
    const kept: Checkpoint[] = [];
    const whole = await trained(executor, document, {
      weights: { model: { model, part: 'whole' } },
      async keepCheckpoint(make) {
        const checkpoint = await make();
        if (checkpoint) kept.push(checkpoint);
      },
    });
    expect(kept.map(({ progress }) => progress.step)).toEqual([0, 3, 6, 6]);
    for (const from of kept.slice(0, 2)) {
      const again = await trained(executor, document, { from });
      expect(again.weights).toEqual(whole.weights);
      expect(again.run.startedFrom).toEqual(whole.run.startedFrom);
    }
  });

  it('keeps its own weights after an edit wherever shapes still match', async () => {
    const before = await trained(executor, drawing([dense('dense-1', 8), dense('dense-2', 6), code]));
    const own = { plan: before.run.plan, weights: before.weights };
    const kept: Checkpoint[] = [];
    const edited = drawing([dense('dense-1', 8), dense('dense-2', 7), code], 2);
    const { run } = await trained(executor, edited, {
      weights: { own },
      async keepCheckpoint(make) {
        const checkpoint = await make();
        if (checkpoint) kept.push(checkpoint);
      },
    });
    const begun = kept[0]?.state;
    for (const name of ['dense-1/kernel', 'dense-1/bias', 'dense-1′/kernel', 'dense-1′/bias']) {
      expect(begun?.get(name), name).toEqual(before.weights.get(name));
    }
    const fresh = initialState(run.plan, edited.training.optimizer, 2);
    expect(begun?.get('dense-2/kernel')).toEqual(fresh.get('dense-2/kernel'));
    expect(run.startedFrom).toEqual({ loaded: 0, kept: 8 * 10 + 8 + 8 * 10 + 10, new: 179 });
  });

  it('gives twins that are no longer tied the kernels of their blocks, as they used them', async () => {
    const blocks = [
      newBlock('dense', 'dense-1', { units: 12, activation: 'tanh' }),
      newBlock('code', 'code', { size: 3 }),
    ];
    const tied = { ...drawing(blocks), tied: ['dense-1', 'code'] };
    const before = await trained(executor, tied);
    const still = drawing(blocks);
    const document = { ...still, training: { ...still.training, learningRate: 1e-30 } };
    const own = { plan: before.run.plan, weights: before.weights };
    const { run, weights } = await trained(executor, document, { weights: { own } });
    expect(run.startedFrom).toMatchObject({ new: 0 });
    expect(weights.get('dense-1′/kernel')?.shape).toEqual([12, 10]);
    const [losses] = [before, { run }].map(({ run: each }) => each.history().epochs.at(-1));
    const after = run.history().epochs.at(-1)?.validation?.mse;
    expect(after).toBeCloseTo(losses?.validation?.mse ?? Number.NaN, 6);
  });

  it('is refused where nothing fits, or a block is asked for that the drawing does not have', () => {
    const codes = (options: TrainingRunOptions, blocks = [dense('other', 9), code]) => {
      try {
        runOf(executor, drawing(blocks), options);
        return [];
      } catch (error) {
        return error instanceof ProblemError ? error.problems.map(({ code }) => code) : [String(error)];
      }
    };
    const none = { weights: { model: { model, part: 'whole' as const } } };
    expect(codes(none)).toEqual(['WEIGHTS_NONE_FIT']);
    const unknown = { weights: { model: { model, part: ['dense-9'] } } };
    expect(codes(unknown, [dense('dense-1', 8), code])).toEqual(['WEIGHTS_UNKNOWN_BLOCK']);
  });
});
