import { expect, it } from 'vitest';
import type { Tensor } from '../execute/executor';
import { LossTermMeans } from './loss-terms';

const one = (value: number): Tensor => ({ dtype: 'float32', shape: [], data: Float32Array.of(value) });

it('tells the terms of the last step, and their means over the samples of an epoch', () => {
  const means = new LossTermMeans();
  means.add({ loss: one(3), reconstruction: one(1), activity: one(2) }, 3);
  means.add({ loss: one(7), reconstruction: one(5), activity: one(2) }, 1);
  expect(means.latest).toEqual({ reconstruction: 5, activity: 2 });
  expect(means.take()).toEqual({ reconstruction: 2, activity: 2 });
  expect(means.take()).toBeUndefined();
  means.add({ loss: one(7), reconstruction: one(4), activity: one(3) }, 10);
  expect(means.take()).toEqual({ reconstruction: 4, activity: 3 });
});

it('tells nothing where the loss is the error alone', () => {
  const means = new LossTermMeans();
  means.add({ loss: one(3) }, 3);
  expect(means.latest).toBeUndefined();
  expect(means.take()).toBeUndefined();
});
