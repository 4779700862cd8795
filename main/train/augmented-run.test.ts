import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { GraphDocument, TrainingSettings } from '../../shared/document/graph-document';
import { emptyDocument, newBlock } from '../../shared/document/new-document';
import type { Dataset } from '../data/dataset';
import type { Executor } from '../execute/executor';
import { enginesHere } from '../execute/fixtures/engines-here';
import { uniforms } from '../random/philox';
import { findLearningRate } from './learning-rate-search';
import { TrainingRun } from './training-run';

const [COUNT, SIDE] = [90, 8];
const dataset: Dataset = {
  name: 'Bytes in colour',
  train: {
    dtype: 'uint8',
    count: COUNT,
    shape: [SIDE, SIDE, 3],
    values: Uint8Array.from(uniforms(3, 'samples', 0, COUNT * SIDE * SIDE * 3), (u) => Math.floor(256 * u)),
    labels: null,
  },
  test: null,
  labelNames: null,
  range: [0, 1],
  fingerprint: 'bytes',
  notes: [],
};
const augmentation = { shift: 2, flip: 'horizontal', rotate: 10 } as const;

/** Pictures to be coloured, their grey corrupted, by a stack that is pre-trained. */
function drawing(training: Partial<TrainingSettings>): GraphDocument {
  const empty = emptyDocument();
  const blocks = [
    newBlock('input', 'input'),
    newBlock('corrupt-noise', 'noise', { deviation: 0.1 }),
    newBlock('conv', 'conv-1', { filters: 4, stride: 2 }),
    newBlock('code', 'code', { size: 6 }),
  ];
  return {
    ...empty,
    task: { kind: 'colour' },
    data: { kind: 'npy', path: 'bytes.npy', shape: [SIDE, SIDE, 3] },
    blocks,
    wires: blocks.slice(1).map(({ id }, i) => ({ from: blocks[i]!.id, to: id })),
    training: {
      ...empty.training,
      batchSize: 16,
      epochs: 2,
      learningRate: 0.01,
      pretraining: { epochs: 1 },
      ...training,
    },
  };
}

const open: TrainingRun[] = [];
afterEach(async () => {
  for (const run of open.splice(0)) await run.dispose();
});

describe.each(enginesHere('runs with augmentation'))('a run with augmentation, %s', (_, create) => {
  let executor: Executor;
  beforeAll(async () => {
    executor = await create();
  });

  async function trained(training: Partial<TrainingSettings>) {
    const losses: number[] = [];
    const run = new TrainingRun({
      document: drawing(training),
      dataset,
      executor,
      onEvent: (event) => event.kind === 'progress' && losses.push(...event.losses),
      options: { pca: false },
    });
    open.push(run);
    run.start();
    const ending = await run.finished;
    return { ending, losses, epochs: run.history().epochs, weights: await run.weights() };
  }

  it('repeats exactly by its seed, in stages of pre-training too, and learns by other samples than without', async () => {
    const [first, again] = [await trained({ augmentation }), await trained({ augmentation })];
    expect(first.ending.kind).toBe('completed');
    expect(first.epochs.map(({ stage }) => stage)).toEqual(['conv-1', 'code', undefined, undefined]);
    expect(again.losses).toEqual(first.losses);
    for (const [name, { data }] of first.weights) expect(again.weights.get(name)?.data, name).toEqual(data);
    const without = await trained({});
    expect(without.losses[0]).not.toBe(first.losses[0]);
    const other = await trained({ augmentation, seed: 2 });
    expect(other.losses[0]).not.toBe(first.losses[0]);
  });

  it('lets validation be: at rate 0 it is the same with and without', async () => {
    const still = {
      optimizer: { type: 'sgd', momentum: 0 },
      learningRate: 1e-30,
      pretraining: { epochs: 0 },
    };
    const [moved, clean] = [await trained({ ...still, augmentation }), await trained(still)];
    expect(moved.epochs.map(({ validation }) => validation)).toEqual(
      clean.epochs.map(({ validation }) => validation),
    );
    expect(moved.losses).not.toEqual(clean.losses);
  });

  it('goes with the search for a learning rate', async () => {
    const document = drawing({ augmentation, pretraining: { epochs: 0 } });
    const [moved, clean] = [
      await findLearningRate(document, dataset, executor, async () => true),
      await findLearningRate(drawing({ pretraining: { epochs: 0 } }), dataset, executor, async () => true),
    ];
    expect(moved?.points.length).toBeGreaterThan(50);
    expect(moved?.points[0]?.loss).not.toBe(clean?.points[0]?.loss);
  });
});
