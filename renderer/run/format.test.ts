import { expect, it } from 'vitest';
import { formatDuration, formatError, formatLearningRate, formatRate } from './format';

it('writes errors with three digits', () => {
  expect([0.0124321, 1.5, 0, 0.00001234, null, Number.NaN].map(formatError)).toEqual([
    '0.0124',
    '1.50',
    '0.00',
    '1.23e-5',
    '–',
    'not a number',
  ]);
});

it('writes rates so that they don’t flicker', () => {
  expect([64_987, 987.4, 0].map(formatRate)).toEqual(['65,000', '987', '–']);
});

it('writes durations in the units people use', () => {
  expect([0.4, 59.4, 125, 4_321, null].map(formatDuration)).toEqual([
    '0 s',
    '59 s',
    '2 min 05 s',
    '1 h 12 min',
    '–',
  ]);
});

it('writes learning rates without idle digits', () => {
  expect([0.001, 0.05, 0.00012345, null].map(formatLearningRate)).toEqual(['0.001', '0.05', '0.000123', '–']);
});
