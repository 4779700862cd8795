import { describe, expect, it } from 'vitest';
import { problem } from '../errors/catalogue';
import { lossOf } from '../losses/catalogue';
import { chained } from '../plan/random-stacks';
import { fixesOf } from './fixes';
import type { GraphDocument } from './graph-document';
import { newBlock, newDocument } from './new-document';
import { validateDocument } from './validate';

const fresh = newDocument();
const klOnRelu = newBlock('code', 'code', { size: 16, activityPenalty: 'kl', activation: 'relu' });
const wide = newBlock('code', 'code', { size: 1000 });
const grouped = (params: { groups: number; filters: number }) => ({
  ...fresh,
  ...chained([
    newBlock('input', 'input'),
    newBlock('conv', 'conv-1', { filters: 6 }),
    newBlock('conv', 'conv-2', params),
    newBlock('code', 'code', { size: 16 }),
  ]),
});
const variational = newBlock('code', 'code', { size: 16, coding: 'variational', activation: 'relu' });
const broken: Readonly<Record<string, GraphDocument>> = {
  BCE_NEEDS_SIGMOID: { ...fresh, output: { activation: 'relu', loss: 'bce' } },
  KL_NEEDS_SIGMOID: { ...fresh, blocks: [...fresh.blocks.slice(0, -1), klOnRelu] },
  GROUPS_OF_CHANNELS: grouped({ groups: 4, filters: 10 }),
  GROUPS_OF_FILTERS: grouped({ groups: 6, filters: 32 }),
  SSIM_NEEDS_PICTURE: {
    ...fresh,
    data: { kind: 'npy', path: 'small.npy', shape: [8, 8, 1], scaling: 'none' },
    output: { activation: 'sigmoid', loss: 'ssim' },
  },
  LOSS_TWICE: {
    ...fresh,
    output: {
      activation: 'sigmoid',
      loss: 'mse',
      addedLosses: [
        { loss: 'mae', weight: 0.5 },
        { loss: 'mse', weight: 2 },
        { loss: 'mae', weight: 0.25 },
      ],
    },
  },
  STACK_IMPOSSIBLE: {
    ...fresh,
    skips: { 'dense-1': 'add' },
    training: { ...fresh.training, pretraining: { epochs: 2 } },
  },
  TASK_WITHOUT_FILTER: { ...fresh, task: { kind: 'find-anomalies' } },
  CODE_WIDER: { ...fresh, blocks: [...fresh.blocks.slice(0, -1), wide] },
  TASK_WITHOUT_CORRUPTION: { ...fresh, task: { kind: 'denoise' } },
  VARIATIONAL_ACTIVATION: {
    ...fresh,
    blocks: [...fresh.blocks.slice(0, -1), variational],
  },
  AUGMENTATION_TABLE: {
    ...fresh,
    data: { kind: 'npy', path: 'rows.npy', shape: [20], scaling: 'none' },
    training: { ...fresh.training, augmentation: { shift: 2, flip: 'none', rotate: 0 } },
  },
  AUGMENTATION_SERIES: {
    ...fresh,
    data: { kind: 'npy', path: 'beats.npy', shape: [40, 1], series: true, scaling: 'none' },
    training: { ...fresh.training, augmentation: { shift: 4, flip: 'both', rotate: 10 } },
  },
  AUGMENTATION_SHIFT: {
    ...fresh,
    training: { ...fresh.training, augmentation: { shift: 28, flip: 'none', rotate: 0 } },
  },
  LEARNING_RATE_HIGH: { ...fresh, training: { ...fresh.training, learningRate: 3 } },
};

describe.each(Object.entries(broken))('%s', (code, doc) => {
  it('is mended by each of its fixes', () => {
    const found = validateDocument(doc).find((each) => each.code === code);
    if (!found) throw new Error(`There is no ${code}.`);
    const offered = fixesOf(found);
    expect(offered.length).toBeGreaterThan(0);
    for (const fix of offered) expect(validateDocument(fix.apply(doc)), fix.label).toEqual([]);
    expect(new Set(offered.map(({ label }) => label)).size).toBe(offered.length);
  });
});

it('cross-entropy for data outside 0–1 is mended by a loss that takes them, and an output that reaches them', () => {
  const doc: GraphDocument = { ...fresh, output: { activation: 'sigmoid', loss: 'bce' } };
  const [found] = lossOf('bce').dataProblems([-3, 7], 'output');
  if (!found) throw new Error('There is no problem.');
  expect(found).toMatchObject({ code: 'BCE_DATA_RANGE', severity: 'error' });
  for (const fix of fixesOf(found)) {
    const { output } = fix.apply(doc);
    expect(lossOf(output.loss).dataProblems([-3, 7], 'output')).toEqual([]);
    expect(output.activation).toBe('linear');
  }
  expect(fixesOf(found)).toHaveLength(2);
});

it('a loss that stands twice in a sum keeps all that it counts for', () => {
  const doc = broken.LOSS_TWICE!;
  const [found] = validateDocument(doc);
  const [fix] = found ? fixesOf(found) : [];
  expect(fix?.apply(doc).output).toEqual({
    activation: 'sigmoid',
    loss: 'mse',
    lossWeight: 3,
    addedLosses: [{ loss: 'mae', weight: 0.75 }],
  });
});

it('columns that never change are left out by name, and the samples have as many values fewer', () => {
  const table: GraphDocument = {
    ...fresh,
    data: { kind: 'table', path: 'a.csv', label: 'none', series: false, scaling: 'none', shape: [3] },
  };
  const values = { columns: '“b”', amount: 1, value: '7', scaled: false };
  const found = { ...problem('TABLE_CONSTANT_COLUMNS', values), remedy: { columns: ['a', 'c'] } };
  const [fix] = fixesOf(found);
  expect(fix?.apply(table).data).toMatchObject({ columns: ['a', 'c'], shape: [2] });
  expect(fixesOf(problem('TABLE_CONSTANT_COLUMNS', values))).toEqual([]);
});

it('a scale for what has one, and a batch larger than the data, are set to what fits', () => {
  const bytes: GraphDocument = {
    ...fresh,
    data: { kind: 'npy', path: 'bytes.npy', shape: [28, 28, 1], scaling: 'standardise' },
  };
  const [unscaled] = fixesOf(problem('SCALING_BYTES', { scaling: 'standardise' }));
  expect(unscaled?.apply(bytes).data).toMatchObject({ scaling: 'none' });
  const values = { batchSize: 128, samples: 90 };
  const clamped = { ...problem('BATCH_CLAMPED', values), remedy: { batchSize: 90 } };
  const [smaller, ...others] = fixesOf(clamped);
  expect([smaller?.label, smaller?.apply(fresh).training.batchSize, others]).toEqual(['Use 90', 90, []]);
});

it('a problem that needs judgement has no fix', () => {
  expect(fixesOf(problem('NO_CODE', undefined))).toEqual([]);
});
