import { beforeAll, describe, expect, it } from 'vitest';
import { newBlock } from '../../shared/document/new-document';
import { type Loss, losses } from '../../shared/losses/catalogue';
import { lossSumOf, type WeightedLoss } from '../../shared/losses/loss-sum';
import type { Executor, ModelSession } from '../execute/executor';
import { enginesHere } from '../execute/fixtures/engines-here';
import { expectTrueSlope, openOn, randomSamples, stepOn } from './fixtures/one-batch';
import { planOf } from './fixtures/plans';

const BATCH = 6;
const SHAPE = [13, 14, 2];
const SIZE = 13 * 14 * 2;
const samples = randomSamples(BATCH, SHAPE);

/** Of other shapes each: a value, a window and a sample. */
const SUM: readonly WeightedLoss[] = [
  { loss: 'mse', weight: 0.8 },
  { loss: 'ssim', weight: 0.2 },
  { loss: 'bce', weight: 0.05 },
  { loss: 'cosine', weight: 1.5 },
];

const planWith = (loss: Loss, sum: readonly WeightedLoss[] = [{ loss, weight: 1 }]) =>
  planOf(
    SHAPE,
    [
      newBlock('conv', 'conv', { filters: 3, kernel: 3, stride: 2, activation: 'tanh' }),
      newBlock('code', 'code', { size: 5 }),
    ],
    { activation: 'sigmoid', loss, lossWeight: sum[0]?.weight, addedLosses: sum.slice(1) },
  );

const open = (executor: Executor, loss: Loss, sum?: readonly WeightedLoss[]) =>
  openOn(samples, executor, planWith(loss, sum));
const lossOf = async (session: ModelSession, learningRate = 0) =>
  (await stepOn(session, BATCH, learningRate)).loss ?? Number.NaN;

describe.each(enginesHere('losses'))('losses, %s', (_, create) => {
  let executor: Executor;
  beforeAll(async () => {
    executor = await create();
  });

  it.each(losses)('$type of every sample is that of plain arithmetic', async ({ type, of }) => {
    const session = await open(executor, type);
    const { outputs } = await session.run('evaluate-batch', { batch: samples });
    const made = Float32Array.from(outputs.reconstructions?.data ?? []);
    const expected = Array.from({ length: BATCH }, (_, i) => {
      const at = (values: ArrayLike<number>) => Float32Array.from(values).subarray(i * SIZE, (i + 1) * SIZE);
      return of(at(made), at(samples.data), SHAPE);
    });
    expect(outputs.loss?.shape).toEqual([BATCH]);
    expected.forEach((loss, i) => {
      expect(outputs.loss?.data[i]).toBeCloseTo(loss, 5);
    });
    const mean = expected.reduce((sum, loss) => sum + loss, 0) / BATCH;
    expect(await lossOf(session)).toBeCloseTo(mean, 5);
    await session.dispose();
  });

  it.each(losses)('$type has the gradient of central differences', async ({ type }) => {
    const session = await open(executor, type);
    await expectTrueSlope(session, planWith(type), 'conv′/kernel', (rate) => lossOf(session, rate));
    await session.dispose();
  });

  it('tells the weighted sum of several, of every sample and of a step', async () => {
    const session = await open(executor, 'mse', SUM);
    const { outputs } = await session.run('evaluate-batch', { batch: samples });
    const made = Float32Array.from(outputs.reconstructions?.data ?? []);
    const expected = Array.from({ length: BATCH }, (_, i) => {
      const at = (values: ArrayLike<number>) => Float32Array.from(values).subarray(i * SIZE, (i + 1) * SIZE);
      return lossSumOf(SUM, at(made), at(samples.data), SHAPE);
    });
    expect(outputs.loss?.shape).toEqual([BATCH]);
    expected.forEach((loss, i) => {
      expect(outputs.loss?.data[i]).toBeCloseTo(loss, 5);
    });
    expect(await lossOf(session)).toBeCloseTo(expected.reduce((sum, loss) => sum + loss, 0) / BATCH, 5);
    await session.dispose();
  });

  it('tells each loss of a sum by itself, with its weight; they add up to it', async () => {
    const session = await open(executor, 'mse', SUM);
    const told = await stepOn(session, BATCH, 0);
    expect(Object.keys(told).sort()).toEqual(['loss', ...SUM.map(({ loss }) => loss)].sort());
    for (const { loss, weight } of SUM) {
      const alone = await open(executor, loss);
      expect(told[loss]).toBeCloseTo(weight * (await lossOf(alone)), 5);
      await alone.dispose();
    }
    expect(SUM.reduce((sum, { loss }) => sum + (told[loss] ?? Number.NaN), 0)).toBeCloseTo(told.loss ?? 0, 5);
    expect(Object.keys(await stepOn(await open(executor, 'mse'), BATCH, 0))).toEqual(['loss']);
    await session.dispose();
  });

  it('has the gradient of central differences where several are summed', async () => {
    const session = await open(executor, 'mse', SUM);
    await expectTrueSlope(session, planWith('mse', SUM), 'conv′/kernel', (rate) => lossOf(session, rate));
    await session.dispose();
  });
});
