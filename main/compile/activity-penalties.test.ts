import { beforeAll, describe, expect, it } from 'vitest';
import { newBlock } from '../../shared/document/new-document';
import type { Plan } from '../../shared/plan/plan';
import type { Executor, ModelSession } from '../execute/executor';
import { enginesHere } from '../execute/fixtures/engines-here';
import { compile } from './compile';
import type { CompileOptions } from './compile-options';
import { expectTrueSlope, oneBatch, openOn, randomSamples, stepOn } from './fixtures/one-batch';
import { planOf } from './fixtures/plans';

const BATCH = 70;
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

const samples = randomSamples(BATCH, [4, 4, 1]);
const open = (executor: Executor, plan: Plan, more?: Partial<CompileOptions>) =>
  openOn(samples, executor, plan, more);
const termsOf = (session: ModelSession, learningRate = 0) => stepOn(session, BATCH, learningRate);

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

describe.each(enginesHere('what activities are charged'))('penalties on activities, %s', (_, create) => {
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
    const plan = charged(where, penalty);
    const session = await open(executor, plan);
    await expectTrueSlope(session, plan, 'conv/kernel', async (rate) => {
      return (await termsOf(session, rate)).loss ?? Number.NaN;
    });
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
    compile(charged('code', penalty), { ...oneBatch(BATCH), parts: 2, partsApart: true }).programs[0];
  expect(stepOf('none')?.parts).toHaveLength(2);
  expect(stepOf('l1')?.parts).toHaveLength(2);
  expect(stepOf('kl')?.parts).toBeUndefined();
});
