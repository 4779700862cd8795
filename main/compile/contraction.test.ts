import { beforeAll, describe, expect, it } from 'vitest';
import { newBlock } from '../../shared/document/new-document';
import type { Plan } from '../../shared/plan/plan';
import type { Executor, ModelSession, Tensor } from '../execute/executor';
import { createOnnxExecutor } from '../execute/onnx/onnx-executor';
import { isTensorFlowPresent } from '../execute/tensorflow/is-present';
import { createTensorFlowExecutor } from '../execute/tensorflow/tensorflow-executor';
import { uniforms } from '../random/philox';
import { type CompileOptions, compile } from './compile';
import { planOf } from './fixtures/plans';
import { initialState } from './initial-state';

const BATCH = 70;
const VALUES = 16;
const UNITS = 5;
const WEIGHT = 0.02;
const adam = { type: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
const sgd = { type: 'sgd', momentum: 0 };
const options: CompileOptions = {
  sample: { dtype: 'float32' },
  dataCount: BATCH,
  batchSize: BATCH,
  remainder: 0,
  evaluationBatch: BATCH,
  reconstructBatch: BATCH,
  optimizer: sgd,
};

function contractive(activation: 'sigmoid' | 'tanh', deeper: boolean, weight = WEIGHT): Plan {
  const code = { size: UNITS, activation, contraction: weight, kernelInitializer: 'lecunNormal' };
  const layer = newBlock('dense', 'dense-1', { units: 12, activation: 'tanh' });
  return planOf([4, 4, 1], [...(deeper ? [layer] : []), newBlock('code', 'code', code)]);
}

const samples: Tensor = {
  dtype: 'float32',
  shape: [BATCH, 4, 4, 1],
  data: uniforms(4, 'samples', 0, BATCH * VALUES),
};
const indices: Tensor = {
  dtype: 'int32',
  shape: [BATCH],
  data: Int32Array.from({ length: BATCH }, (_, i) => i),
};

function open(executor: Executor, plan: Plan, more: Partial<CompileOptions> = {}) {
  const compiling = { ...options, ...more };
  const state = initialState(plan, compiling.optimizer, 1);
  return executor.load(compile(plan, compiling), state, { data: samples, threads: 1 });
}

/** The terms of the loss at step `step`, which also tells the directions. */
async function termsOf(session: ModelSession, step = 1, rate = 0) {
  const learningRate: Tensor = { dtype: 'float32', shape: [], data: Float32Array.of(rate) };
  const key = { seed: 3, purpose: 'training', step };
  const { outputs } = await session.run('step', { indices, learningRate }, key);
  return Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, data[0] ?? Number.NaN]));
}

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

const present = isTensorFlowPresent();
const engines = [
  ['onnx', createOnnxExecutor],
  ...(present ? ([['tensorflow', createTensorFlowExecutor]] as const) : []),
] as const;

describe.each(engines)('the contractive penalty, %s', (_, create) => {
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
    const name = 'code/kernel';
    const start = (await session.state([name])).get(name);
    if (!start) throw new Error('There is no kernel.');
    await termsOf(session, 1, 1);
    const moved = (await session.state([name])).get(name)?.data ?? [];
    const direction = uniforms(5, 'direction', 0, start.data.length).map((u) => (u < 0.5 ? -1 : 1));
    const slope = direction.reduce((sum, d, i) => sum + d * ((start.data[i] ?? 0) - (moved[i] ?? 0)), 0);
    const lossAt = async (step: number) => {
      const data = Float32Array.from(start.data, (w, i) => w + step * (direction[i] ?? 0));
      await session.setState(initialState(plan, sgd, 1));
      await session.setState(new Map([[name, { ...start, data }]]));
      return (await termsOf(session)).loss ?? Number.NaN;
    };
    const found = ((await lossAt(0.01)) - (await lossAt(-0.01))) / 0.02;
    expect(Math.abs(found - slope)).toBeLessThan(1e-3 * Math.max(1, Math.abs(slope)));
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
