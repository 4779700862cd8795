import { expect, it } from 'vitest';
import type { ChartData } from './chart-data';
import { readoutAt } from './chart-readout';

const data: ChartData = [
  [1, 2, 3, 4, 5],
  [9, 8, null, 6, 5],
  [null, null, 7, null, null],
  [2, null, null, null, 2],
];
const terms = { mse: 5, ssim: 3.5 };
const epoch = { epoch: 1, step: 3, trainLoss: 8.5, validation: { mse: 6, loss: 7 }, terms };
const view = { epochs: [epoch] };

it('tells of a step its loss, and of its epoch the means', () => {
  expect(readoutAt(view, data, 1)).toEqual({ step: 2, training: 8, epoch });
  expect(readoutAt(view, data, 2)).toEqual({ step: 3, training: null, epoch });
});

it('tells no epoch while it goes on', () => {
  expect(readoutAt(view, data, 4)).toEqual({ step: 5, training: 5, epoch: null });
});

it('says nothing where nothing is pointed at', () => {
  expect(readoutAt(view, data, null)).toBeNull();
  expect(readoutAt(view, data, 9)).toBeNull();
  expect(readoutAt(null, data, 1)).toBeNull();
});
