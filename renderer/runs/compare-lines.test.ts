import { expect, it } from 'vitest';
import type { KeptHistory } from '../../shared/ipc/kept-run-schemas';
import { lineOf, pcaLineOf } from './compare-lines';

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

it('draws PCA from start to end, beside its own figure alone', () => {
  expect(pcaLineOf(history, 'validationMse')).toEqual([
    [0, 3],
    [0.2, 0.2],
  ]);
  expect(pcaLineOf(history, 'trainingLoss')).toEqual([[], []]);
  expect(pcaLineOf({ ...history, pca: null }, 'validationMse')).toEqual([[], []]);
});
