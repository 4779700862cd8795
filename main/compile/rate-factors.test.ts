import { beforeAll, describe, expect, it } from 'vitest';
import type { ParameterValue } from '../../shared/blocks/parameter';
import { newBlock } from '../../shared/document/new-document';
import { newOptimizer, type Optimizer, optimizers } from '../../shared/optimizers/catalogue';
import { WeightByHand } from '../../shared/optimizers/fixtures/by-hand';
import type { Plan } from '../../shared/plan/plan';
import type { Executor } from '../execute/executor';
import { enginesHere } from '../execute/fixtures/engines-here';
import { compile } from './compile';
import { oneBatch, openOn, randomSamples, stepOn } from './fixtures/one-batch';
import { planOf } from './fixtures/plans';
import { initialState } from './initial-state';

type Params = Readonly<Record<string, ParameterValue>>;

/** 3 values to a code of 2 and back, straight lines alone: gradients are short to write down. */
function linear(code: Params = {}, twin: Params = {}, tied: readonly string[] = []): Plan {
  return planOf(
    [3],
    [newBlock('code', 'code', { size: 2, ...code })],
    { activation: 'linear', loss: 'mse' },
    undefined,
    { decoder: Object.keys(twin).length > 0 ? { 'code′': twin } : {}, tied },
  );
}

const [BATCH, IN, OUT] = [4, 3, 2];
const samples = randomSamples(BATCH, [IN]);
const x = Array.from({ length: BATCH }, (_, row) =>
  Array.from({ length: IN }, (_, i) => Number(samples.data[row * IN + i])),
);

/** Weights trained by plain arithmetic in double precision, each with the learning rate of its layer. */
class ByHand {
  readonly #weights: ReadonlyMap<string, readonly WeightByHand[]>;

  constructor(
    optimizer: Optimizer,
    private readonly factors: Readonly<Record<string, number>>,
  ) {
    const start = initialState(linear(), optimizer, 1);
    this.#weights = new Map(
      ['code/kernel', 'code/bias', 'code′/kernel', 'code′/bias'].map((name) => [
        name,
        Array.from(start.get(name)?.data ?? [], (w) => new WeightByHand(optimizer, Number(w))),
      ]),
    );
  }

  /** What a weight holds. */
  of(name: string): number[] {
    return (this.#weights.get(name) ?? []).map(({ weight }) => weight);
  }

  /** Mean squared error of x·A + a, then ·B + b: the gradients by the chain rule. */
  step(learningRate: number): void {
    const [A, a, B, b] = ['code/kernel', 'code/bias', 'code′/kernel', 'code′/bias'].map((n) => this.of(n));
    const gradients = new Map([...this.#weights.keys()].map((name) => [name, this.of(name).map(() => 0)]));
    const add = (name: string, at: number, value: number) => {
      const list = gradients.get(name);
      if (list) list[at]! += value;
    };
    for (const row of x) {
      const h = a!.map((bias, j) => bias + row.reduce((sum, v, i) => sum + v * A![i * OUT + j]!, 0));
      const y = b!.map((bias, i) => bias + h.reduce((sum, v, j) => sum + v * B![j * IN + i]!, 0));
      const dy = y.map((v, i) => (2 * (v - row[i]!)) / (BATCH * IN));
      for (const [i, d] of dy.entries()) {
        add('code′/bias', i, d);
        for (const [j, v] of h.entries()) add('code′/kernel', j * IN + i, v * d);
      }
      for (const j of h.keys()) {
        const dh = dy.reduce((sum, d, i) => sum + d * B![j * IN + i]!, 0);
        add('code/bias', j, dh);
        for (const [i, v] of row.entries()) add('code/kernel', i * OUT + j, v * dh);
      }
    }
    for (const [name, list] of this.#weights) {
      const rate = learningRate * (this.factors[name.slice(0, name.indexOf('/'))] ?? 1);
      list.forEach((weight, i) => {
        weight.step(gradients.get(name)?.[i] ?? Number.NaN, rate);
      });
    }
  }
}

const RATE = 0.02;

describe.each(enginesHere('learning rates by block'))('learning rates by block, %s', (_, create) => {
  let executor: Executor;
  beforeAll(async () => {
    executor = await create();
  });

  const chosen = [
    ...optimizers.map(({ type }) => newOptimizer(type)),
    { ...newOptimizer('sgd'), momentum: 0 },
    { ...newOptimizer('rmsprop'), momentum: 0.9 },
  ];
  it.each(chosen)('scale the steps of $type, not its gradients, as arithmetic says', async (optimizer) => {
    const plan = linear({ learningRateFactor: 0.1 }, { learningRateFactor: 3 });
    const session = await openOn(samples, executor, plan, { optimizer });
    const hand = new ByHand(optimizer, { code: 0.1, 'code′': 3 });
    for (let i = 0; i < 5; i++) {
      await stepOn(session, BATCH, RATE);
      hand.step(RATE);
    }
    const state = await session.state();
    for (const name of ['code/kernel', 'code/bias', 'code′/kernel', 'code′/bias']) {
      for (const [i, expected] of hand.of(name).entries()) {
        expect(Math.abs(Number(state.get(name)?.data[i]) - expected), `${name} ${i}`).toBeLessThan(2e-5);
      }
    }
    await session.dispose();
  });

  it('move tied weights by the factor of the block that owns them', async () => {
    const moved = async (plan: Plan) => {
      const session = await openOn(samples, executor, plan);
      const before = await session.state();
      await stepOn(session, BATCH, RATE);
      const after = await session.state();
      await session.dispose();
      return (name: string) =>
        Array.from(after.get(name)?.data ?? [], (w, i) => Number(w) - Number(before.get(name)?.data[i]));
    };
    const plain = await moved(linear({}, {}, ['code']));
    const scaled = await moved(linear({ learningRateFactor: 0.5 }, { learningRateFactor: 4 }, ['code']));
    for (const [name, factor] of [
      ['code/kernel', 0.5],
      ['code/bias', 0.5],
      ['code′/bias', 4],
    ] as const) {
      const by = scaled(name);
      for (const [i, step] of plain(name).entries()) expect(by[i]).toBeCloseTo(step * factor, 6);
    }
  });
});

describe('a plan with learning rates by block', () => {
  it('compiles to the very same Programs where every factor is 1', () => {
    const options = { ...oneBatch(BATCH), optimizer: newOptimizer('adam') };
    const [plain, ones] = [linear(), linear({ learningRateFactor: 1 }, { learningRateFactor: 1 })];
    expect(compile(ones, options)).toEqual(compile(plain, options));
    const step = compile(plain, options).programs.find(({ name }) => name === 'step');
    const rate = step?.feeds.find(({ name }) => name === 'learningRate')?.value;
    for (const { kind, inputs } of step?.updates ?? []) {
      if (kind !== 'assign') expect(inputs.learningRate).toBe(rate);
    }
  });

  it('works a rate out once for all weights of one factor', () => {
    const plan = linear({ learningRateFactor: 0.1 });
    const step = compile(plan, oneBatch(BATCH)).programs.find(({ name }) => name === 'step');
    const rates = new Set(step?.updates.map(({ inputs }) => inputs.learningRate?.id));
    expect(rates.size).toBe(1);
  });

  it.each([0, -0.1, 101, 1e-9])('is refused with a factor of %d', (learningRateFactor) => {
    expect(() => linear({ learningRateFactor })).toThrow(/a number from/);
  });
});
