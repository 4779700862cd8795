import { beforeAll, describe, expect, it } from 'vitest';
import { newBlock } from '../../shared/document/new-document';
import type { Plan } from '../../shared/plan/plan';
import type { Executor, ModelSession } from '../execute/executor';
import { enginesHere } from '../execute/fixtures/engines-here';
import type { CompileOptions } from './compile-options';
import { expectTrueSlope, openOn, randomSamples, stepOn } from './fixtures/one-batch';
import { planOf } from './fixtures/plans';

const BATCH = 70;
const VALUES = 16;
const UNITS = 5;
const WEIGHT = 0.02;
const adam = { type: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };

function contractive(activation: 'sigmoid' | 'tanh', deeper: boolean, weight = WEIGHT): Plan {
  const code = { size: UNITS, activation, contraction: weight, kernelInitializer: 'lecunNormal' };
  const layer = newBlock('dense', 'dense-1', { units: 12, activation: 'tanh' });
  return planOf([4, 4, 1], [...(deeper ? [layer] : []), newBlock('code', 'code', code)]);
}

const samples = randomSamples(BATCH, [4, 4, 1]);
const open = (executor: Executor, plan: Plan, more?: Partial<CompileOptions>) =>
  openOn(samples, executor, plan, more);

/** The terms of the loss at step `step`, which also tells the directions. */
const termsOf = (session: ModelSession, step = 1, rate = 0) =>
  stepOn(session, BATCH, rate, { seed: 3, purpose: 'training', step });

/** The mean over samples of ‖∂code/∂input‖²_F, each column of the Jacobian by central differences. */
async function squaredJacobian(session: ModelSession): Promise<number> {
  let sum = 0;
  const codesAt = async (column: number, step: number) => {
    const data = Float32Array.from(samples.data, (x, i) => (i % VALUES === column ? x + step : x));
    return (await session.run('encode', { batch: { ...samples, data } })).outputs.code?.data ?? [];
  };
  for (let column = 0; column < VALUES; column++) {
    const [above, below] = [await codesAt(column, 0.02), await codesAt(column, -0.02)];
    for (const [i, high] of above.entries()) sum += ((high - (below[i] ?? Number.NaN)) / 0.04) ** 2;
  }
  return sum / BATCH;
}

describe.each(enginesHere('the contractive penalty'))('the contractive penalty, %s', (_, create) => {
  let executor: Executor;
  beforeAll(async () => {
    executor = await create();
  });

  it.each(['sigmoid', 'tanh'] as const)('is exact for one %s layer', async (activation) => {
    const session = await open(executor, contractive(activation, false));
    const { loss, reconstruction, contraction } = await termsOf(session);
    const exact = WEIGHT * (await squaredJacobian(session));
    expect(Math.abs((contraction ?? 0) / exact - 1)).toBeLessThan(1e-3);
    expect(loss).toBeCloseTo((reconstruction ?? 0) + (contraction ?? 0), 6);
    await session.dispose();
  });

  it('is estimated to 5% for a deeper encoder', async () => {
    const session = await open(executor, contractive('sigmoid', true));
    const exact = WEIGHT * (await squaredJacobian(session));
    let sum = 0;
    for (let step = 1; step <= 60; step++) sum += (await termsOf(session, step)).contraction ?? Number.NaN;
    expect(Math.abs(sum / 60 / exact - 1)).toBeLessThan(0.05);
    // Another direction each step.
    expect((await termsOf(session, 1)).contraction).not.toBe((await termsOf(session, 2)).contraction);
    await session.dispose();
  });

  it.each([false, true])('has the gradient of central differences (deeper: %s)', async (deeper) => {
    const plan = contractive('sigmoid', deeper);
    const session = await open(executor, plan);
    await expectTrueSlope(session, plan, 'code/kernel', async (rate) => {
      return (await termsOf(session, 1, rate)).loss ?? Number.NaN;
    });
    await session.dispose();
  });

  it.each([false, true])('falls while training (deeper: %s)', async (deeper) => {
    const session = await open(executor, contractive('sigmoid', deeper, 10 * WEIGHT), { optimizer: adam });
    const before = await squaredJacobian(session);
    const first = await termsOf(session);
    for (let step = 1; step <= 150; step++) await termsOf(session, step, 0.01);
    const last = await termsOf(session);
    expect(last.contraction).toBeLessThan(0.75 * (first.contraction ?? 0));
    expect(last.loss).toBeLessThan(first.loss ?? 0);
    expect(await squaredJacobian(session)).toBeLessThan(0.75 * before);
    await session.dispose();
  });

  it.each([false, true])('is the same where the batch is taken apart (deeper: %s)', async (deeper) => {
    const plan = contractive('tanh', deeper);
    const [whole, branched] = [await open(executor, plan), await open(executor, plan, { parts: 2 })];
    const [expected, found] = [await termsOf(whole), await termsOf(branched)];
    expect(Math.abs((found.contraction ?? 0) / (expected.contraction ?? 0) - 1)).toBeLessThan(1e-3);
    expect(found.loss).toBeCloseTo(expected.loss ?? Number.NaN, 5);
    await whole.dispose();
    await branched.dispose();
  });
});
