import { beforeAll, describe, expect, it } from 'vitest';
import type { ParameterValue } from '../../shared/blocks/parameter';
import { newBlock, newDocument } from '../../shared/document/new-document';
import type { Plan } from '../../shared/plan/plan';
import { planDocument } from '../../shared/plan/plan-document';
import type { Executor, ModelSession, Tensor } from '../execute/executor';
import { enginesHere } from '../execute/fixtures/engines-here';
import { compile } from './compile';
import { oneBatch, openOn, randomSamples, rowNumbers, stepOn } from './fixtures/one-batch';
import { planOf } from './fixtures/plans';
import { trainableState, weightState } from './weight-state';

const BATCH = 12;
const options = oneBatch(BATCH);
const samples = randomSamples(BATCH, [4, 4, 1]);

/** A convolution, its normalisation, a dense layer and a code, of which some are frozen. */
function stack(
  frozen: readonly string[],
  more: Readonly<Record<string, ParameterValue>> = {},
  decoder: Readonly<Record<string, Record<string, ParameterValue>>> = {},
): Plan {
  const of = (id: string) => ({ frozen: frozen.includes(id) });
  return planOf(
    [4, 4, 1],
    [
      newBlock('conv', 'conv', { filters: 2, kernel: 3, activation: 'tanh', ...of('conv'), ...more }),
      newBlock('batch-norm', 'norm', { momentum: 0.5, ...of('norm') }),
      newBlock('dense', 'dense', { units: 6, activation: 'tanh', ...of('dense'), ...more }),
      newBlock('code', 'code', { size: 3, ...of('code') }),
    ],
    undefined,
    undefined,
    { decoder },
  );
}

const ownerOf = (name: string) => name.slice(0, name.indexOf('/'));

function weightsOf(session: ModelSession, plan: Plan): Promise<Map<string, Tensor>> {
  return session.state(weightState(plan).map(({ name }) => name));
}

/** The weights before and after some steps. */
async function trained(executor: Executor, plan: Plan, steps: number) {
  const session = await openOn(samples, executor, plan);
  const before = await weightsOf(session, plan);
  for (let i = 0; i < steps; i++) {
    await stepOn(session, BATCH, 0.1);
    if (compile(plan, options).programs.some(({ name }) => name === 'constrain')) {
      await session.run('constrain', {});
    }
  }
  const after = await weightsOf(session, plan);
  await session.dispose();
  return { before, after };
}

describe.each(enginesHere('frozen layers'))('frozen layers, %s', (_, create) => {
  let executor: Executor;
  beforeAll(async () => {
    executor = await create();
  });

  it('keep every weight to the bit, whatever it would be held to, while all others move', async () => {
    const plan = stack(['conv', 'norm', 'dense'], { l2: 0.1, maxNorm: 0.2 }, { 'dense′': { frozen: false } });
    const { before, after } = await trained(executor, plan, 5);
    const still = ['conv', 'conv′', 'norm', 'dense'];
    for (const [name, { data }] of before) {
      const now = after.get(name)?.data;
      if (still.includes(ownerOf(name))) expect(now, name).toEqual(data);
      else expect(now, name).not.toEqual(data);
    }
    expect(new Set([...before.keys()].map(ownerOf))).toEqual(new Set([...still, 'dense′', 'code', 'code′']));
  });

  it('hand gradients on as layers that learn do', async () => {
    const [free, frozen] = [stack([]), stack(['dense'])];
    const [all, some] = [await trained(executor, free, 1), await trained(executor, frozen, 1)];
    const moving = trainableState(frozen).map(({ name }) => name);
    expect(moving.map(ownerOf)).toContain('conv');
    for (const name of moving) {
      const [expected, got] = [all.after.get(name)?.data ?? [], some.after.get(name)?.data ?? []];
      expect(expected, name).not.toEqual(all.before.get(name)?.data);
      for (const [i, x] of got.entries()) expect(x).toBeCloseTo(Number(expected[i]), 6);
    }
  });

  it('normalise in training by what they have kept', async () => {
    const plan = stack(['norm']);
    const session = await openOn(samples, executor, plan);
    const { loss } = await stepOn(session, BATCH, 0);
    const indices = rowNumbers(BATCH);
    const { outputs } = await session.run('evaluate', { indices });
    const losses = Array.from(outputs.loss?.data ?? []);
    expect(loss).toBeCloseTo(losses.reduce((sum, x) => sum + x, 0) / BATCH, 5);
    await session.dispose();
  });
});

describe('a plan with frozen layers', () => {
  it('has no state of the optimizer for them, and divides batches that their statistics no longer tie together', () => {
    const adam = { type: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
    const { state, programs } = compile(stack(['norm', 'dense']), {
      ...oneBatch(70),
      optimizer: adam,
      parts: 2,
      partsApart: true,
    });
    const slots = state.map(({ name }) => name).filter((name) => name.includes(':'));
    expect(new Set(slots.map(ownerOf))).toEqual(new Set(['conv', 'conv′', 'code', 'code′']));
    expect(programs.find(({ name }) => name === 'step')?.parts).toHaveLength(2);
  });

  it('is refused where nothing is left to train', () => {
    const fresh = newDocument();
    const blocks = fresh.blocks.map((block) =>
      block.type === 'input' ? block : { ...block, params: { ...block.params, frozen: true } },
    );
    expect(planDocument({ ...fresh, blocks }).problems.map(({ code }) => code)).toEqual(['NOTHING_TO_TRAIN']);
  });
});
