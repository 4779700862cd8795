import { expect, it } from 'vitest';
import type { ChartData } from './chart-data';
import { readoutAt } from './chart-readout';

const data: ChartData = [
  [1, 2, 3, 4, 5],
  [9, 8, null, 6, 5],
  [null, null, 7, null, null],
  [2, null, null, null, 2],
];
const epoch = {
  epoch: 1,
  step: 3,
  trainLoss: 8.5,
  validation: { mse: 6, loss: 7 },
  terms: { mse: 5, ssim: 3.5 },
};
const view = { epochs: [epoch], terms: { mse: 3, ssim: 2 } };

it('tells of a step the losses, and of its epoch the terms', () => {
  expect(readoutAt(view, data, 1)).toEqual({
    step: 2,
    epoch: 1,
    training: 8,
    validation: 7,
    terms: { mse: 5, ssim: 3.5 },
  });
  expect(readoutAt(view, data, 2)).toMatchObject({ step: 3, training: 8.5 });
});

it('tells the newest terms while an epoch goes on, and none where the loss is no sum', () => {
  expect(readoutAt(view, data, 4)).toEqual({
    step: 5,
    epoch: null,
    training: 5,
    validation: null,
    terms: { mse: 3, ssim: 2 },
  });
  const plain = { ...epoch, terms: undefined };
  expect(readoutAt({ epochs: [plain], terms: null }, data, 0)?.terms).toBeNull();
});

it('says nothing where nothing is pointed at', () => {
  expect(readoutAt(view, data, null)).toBeNull();
  expect(readoutAt(view, data, 9)).toBeNull();
  expect(readoutAt(null, data, 1)).toBeNull();
});
