import { expect, it } from 'vitest';
import type { KeptHistory } from '../../shared/ipc/kept-run-schemas';
import { lineOf, pcaLineOf, tableOf } from './compare-lines';

const history: KeptHistory = {
  epochs: [
    { epoch: 1, step: 10, trainLoss: 0.9, validation: { mse: 0.3, loss: 0.8 } },
    { epoch: 2, step: 20, trainLoss: 0.5, validation: null },
    { epoch: 3, step: 30, trainLoss: 0.4, validation: { mse: 0.1, loss: 0.4 } },
  ],
  losses: [
    { step: 5, loss: 1 },
    { step: 30, loss: 0.4 },
  ],
  pca: { mse: 0.2 },
};

it('lays figures over epochs, whatever the batch', () => {
  expect(lineOf(history, 10, 'validationMse')).toEqual([
    [1, 3],
    [0.3, 0.1],
  ]);
  expect(lineOf(history, 10, 'validationLoss')[1]).toEqual([0.8, 0.4]);
  expect(lineOf(history, 10, 'trainingLoss')).toEqual([
    [0.5, 3],
    [1, 0.4],
  ]);
});

it('tells curves in figures, epoch by epoch, of long runs every few', () => {
  const short = lineOf(history, 10, 'trainingLoss');
  expect(tableOf([short, lineOf(history, 10, 'validationMse'), [[1], [0.9]]])).toEqual([
    { epoch: 1, values: [1, 0.3, 0.9] },
    { epoch: 2, values: [1, 0.3, null] },
    { epoch: 3, values: [0.4, 0.1, null] },
  ]);
  const epochs = Array.from({ length: 1000 }, (_, at) => at + 1);
  const rows = tableOf([[epochs, epochs]]);
  expect(rows).toHaveLength(101);
  expect(rows.at(-1)).toEqual({ epoch: 1000, values: [1000] });
  expect(tableOf([])).toEqual([]);
});

it('draws PCA from start to end, beside its own figure alone', () => {
  expect(pcaLineOf(history, 'validationMse')).toEqual([
    [0, 3],
    [0.2, 0.2],
  ]);
  expect(pcaLineOf(history, 'trainingLoss')).toEqual([[], []]);
  expect(pcaLineOf({ ...history, pca: null }, 'validationMse')).toEqual([[], []]);
});
