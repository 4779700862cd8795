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
const WEIGHT = 0.02;

/** A picture of 4 × 4 through a convolution and a code, one of them charged. */
function charged(where: 'conv' | 'code', activityPenalty: string): Plan {
  const penalty = { activityPenalty, activityWeight: WEIGHT, activityTarget: 0.1 };
  return planOf(
    [4, 4, 1],
    [
      newBlock('conv', 'conv', {
        ...{ filters: 3, kernel: 3, stride: 2, activation: 'sigmoid' },
        ...(where === 'conv' ? penalty : {}),
      }),
      newBlock('code', 'code', { size: 5, activation: 'sigmoid', ...(where === 'code' ? penalty : {}) }),
    ],
  );
}

const samples: Tensor = {
  dtype: 'float32',
  shape: [BATCH, 4, 4, 1],
  data: uniforms(4, 'samples', 0, BATCH * 16),
};
const indices: Tensor = {
  dtype: 'int32',
  shape: [BATCH],
  data: Int32Array.from({ length: BATCH }, (_, i) => i),
};
const rate = (value: number): Tensor => ({ dtype: 'float32', shape: [], data: Float32Array.of(value) });

function open(executor: Executor, plan: Plan, more: Partial<CompileOptions> = {}) {
  const set = compile(plan, { ...options, ...more });
  return executor.load(set, initialState(plan, sgd, 1), { data: samples, threads: 1 });
}

async function termsOf(session: ModelSession, learningRate = 0) {
  const { outputs } = await session.run('step', { indices, learningRate: rate(learningRate) });
  return Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, data[0] ?? Number.NaN]));
}

/** What the code's units are charged, worked out from the codes themselves. */
async function chargeByHand(session: ModelSession, penalty: string): Promise<number> {
  const { outputs } = await session.run('encode', { batch: samples });
  const codes = [...(outputs.code?.data ?? [])];
  if (penalty === 'l1') return (WEIGHT * codes.reduce((sum, code) => sum + Math.abs(code), 0)) / BATCH;
  const costs = [0, 1, 2, 3, 4].map((unit) => {
    const mean = codes.filter((_, i) => i % 5 === unit).reduce((sum, code) => sum + code, 0) / BATCH;
    return 0.1 * Math.log(0.1 / mean) + 0.9 * Math.log(0.9 / (1 - mean));
  });
  return WEIGHT * costs.reduce((sum, cost) => sum + cost, 0);
}

const present = isTensorFlowPresent();
const engines = [
  ['onnx', createOnnxExecutor],
  ...(present ? ([['tensorflow', createTensorFlowExecutor]] as const) : []),
] as const;

describe.each(engines)('penalties on activities, %s', (_, create) => {
  let executor: Executor;
  beforeAll(async () => {
    executor = await create();
  });

  it.each(['l1', 'kl'])('%s of the code is what its codes cost', async (penalty) => {
    const session = await open(executor, charged('code', penalty));
    const { loss, reconstruction, activity } = await termsOf(session);
    expect(activity).toBeCloseTo(await chargeByHand(session, penalty), 5);
    expect(loss).toBeCloseTo((reconstruction ?? 0) + (activity ?? 0), 6);
    await session.dispose();
  });

  it('charges nothing where no block says so', async () => {
    const session = await open(executor, charged('code', 'none'));
    expect(Object.keys(await termsOf(session))).toEqual(['loss']);
    await session.dispose();
  });

  it.each([
    ['code', 'l1'],
    ['code', 'kl'],
    ['conv', 'l1'],
    ['conv', 'kl'],
  ] as const)('of the %s, %s: the gradient is that of central differences', async (where, penalty) => {
    const session = await open(executor, charged(where, penalty));
    const name = 'conv/kernel';
    const start = (await session.state([name])).get(name);
    if (!start) throw new Error('There is no kernel.');
    await termsOf(session, 1);
    const moved = (await session.state([name])).get(name)?.data ?? [];
    const direction = uniforms(5, 'direction', 0, start.data.length).map((u) => (u < 0.5 ? -1 : 1));
    const slope = direction.reduce((sum, d, i) => sum + d * ((start.data[i] ?? 0) - (moved[i] ?? 0)), 0);
    const lossAt = async (step: number) => {
      const data = Float32Array.from(start.data, (w, i) => w + step * (direction[i] ?? 0));
      // Everything as before the step, but for this kernel.
      await session.setState(initialState(charged(where, penalty), sgd, 1));
      await session.setState(new Map([[name, { ...start, data }]]));
      return (await termsOf(session)).loss ?? Number.NaN;
    };
    const found = ((await lossAt(0.01)) - (await lossAt(-0.01))) / 0.02;
    expect(Math.abs(found - slope)).toBeLessThan(1e-3 * Math.max(1, Math.abs(slope)));
    await session.dispose();
  });

  it.each(['l1', 'kl'])('%s costs the same where the batch is taken apart into branches', async (penalty) => {
    const [whole, branched] = [
      await open(executor, charged('conv', penalty)),
      await open(executor, charged('conv', penalty), { parts: 2 }),
    ];
    const [expected, found] = [await termsOf(whole, 0.5), await termsOf(branched, 0.5)];
    for (const term of ['loss', 'reconstruction', 'activity']) {
      expect(found[term]).toBeCloseTo(expected[term] ?? Number.NaN, 5);
    }
    expect((await termsOf(branched)).loss).toBeCloseTo((await termsOf(whole)).loss ?? Number.NaN, 5);
    await whole.dispose();
    await branched.dispose();
  });
});

it('takes no batch apart into Programs whose loss is of the whole batch', () => {
  const stepOf = (penalty: string) =>
    compile(charged('code', penalty), { ...options, parts: 2, partsApart: true }).programs[0];
  expect(stepOf('none')?.parts).toHaveLength(2);
  expect(stepOf('l1')?.parts).toHaveLength(2);
  expect(stepOf('kl')?.parts).toBeUndefined();
});
