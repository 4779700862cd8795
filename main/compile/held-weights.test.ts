import { beforeAll, describe, expect, it } from 'vitest';
import type { ParameterValue } from '../../shared/blocks/parameter';
import { newBlock } from '../../shared/document/new-document';
import type { Plan } from '../../shared/plan/plan';
import { valueCount } from '../../shared/tensors/shape';
import type { Executor, ModelSession, Tensor } from '../execute/executor';
import { enginesHere } from '../execute/fixtures/engines-here';
import { compile } from './compile';
import type { CompileOptions } from './compile-options';
import { oneBatch, openOn, randomSamples, rowNumbers, sgd, stepOn } from './fixtures/one-batch';
import { planOf } from './fixtures/plans';
import { initialState } from './initial-state';
import { trainableState } from './weight-state';

const BATCH = 70;
const options = oneBatch(BATCH);

/** A picture of 4 × 4 through a convolution and a code whose weights are held. */
function held(params: Readonly<Record<string, ParameterValue>>): Plan {
  return planOf(
    [4, 4, 1],
    [
      newBlock('conv', 'conv', { filters: 3, kernel: 3, stride: 2, activation: 'tanh', ...params }),
      newBlock('code', 'code', { size: 5 }),
    ],
  );
}

const samples = randomSamples(BATCH, [4, 4, 1]);
const rate = (value: number): Tensor => ({ dtype: 'float32', shape: [], data: Float32Array.of(value) });
const open = (executor: Executor, plan: Plan, more?: Partial<CompileOptions>) =>
  openOn(samples, executor, plan, more);
const step = (session: ModelSession, learningRate: number) => stepOn(session, BATCH, learningRate);

const kernels = ['conv/kernel', 'conv′/kernel'];
const numbersOf = async (session: ModelSession, name: string) =>
  Array.from((await session.state([name])).get(name)?.data ?? []);

/** How far a step of rate 1 moves all weights: minus their gradients. */
async function movedBy(session: ModelSession, plan: Plan): Promise<number[]> {
  const names = trainableState(plan).map(({ name }) => name);
  const flat = async () => (await Promise.all(names.map((name) => numbersOf(session, name)))).flat();
  const before = await flat();
  await step(session, 1);
  return (await flat()).map((after, i) => after - (before[i] ?? Number.NaN));
}

describe.each(enginesHere('how weights are held'))('weights that are held, %s', (_, create) => {
  let executor: Executor;
  beforeAll(async () => {
    executor = await create();
  });

  it.each([
    ['l1', (w: number) => Math.abs(w), (w: number) => Math.sign(w)],
    ['l2', (w: number) => w * w, (w: number) => 2 * w],
  ] as const)('%s charges kernels of both halves, and pulls them', async (name, cost, slope) => {
    const [free, charged] = [held({}), held({ [name]: 0.01 })];
    const [freely, session] = [await open(executor, free), await open(executor, charged)];
    const before = new Map<string, number[]>();
    for (const kernel of kernels) before.set(kernel, await numbersOf(session, kernel));
    const all = [...before.values()].flat();
    const { loss, reconstruction, weights } = await step(session, 1);
    expect(weights).toBeCloseTo(0.01 * all.reduce((sum, w) => sum + cost(w), 0), 5);
    expect(loss).toBeCloseTo((reconstruction ?? 0) + (weights ?? 0), 6);
    expect((await step(freely, 1)).loss).toBeCloseTo(reconstruction ?? Number.NaN, 6);
    for (const kernel of kernels) {
      const without = await numbersOf(freely, kernel);
      const pulled = await numbersOf(session, kernel);
      pulled.forEach((w, i) => {
        const start = before.get(kernel)?.[i] ?? Number.NaN;
        expect(w - (without[i] ?? Number.NaN)).toBeCloseTo(-0.01 * slope(start), 5);
      });
    }
    await freely.dispose();
    await session.dispose();
  });

  it('charges the parts of a batch what they add up to', async () => {
    const plan = held({ l2: 0.01 });
    const { state, programs } = compile(plan, { ...options, parts: 2, partsApart: true });
    const parts = (programs[0]?.parts ?? []).map((part, i) => ({ ...part, name: `part-${i}` }));
    expect(parts).toHaveLength(2);
    const set = { state, programs: parts };
    const session = await executor.load(set, initialState(plan, sgd, 1), { data: samples, threads: 1 });
    let sum = 0;
    for (const { name } of parts) {
      const { outputs } = await session.run(name, { indices: rowNumbers(BATCH / 2), learningRate: rate(0) });
      sum += outputs.weights?.data[0] ?? Number.NaN;
    }
    const whole = await open(executor, plan);
    expect(sum).toBeCloseTo((await step(whole, 0)).weights ?? Number.NaN, 6);
    await session.dispose();
    await whole.dispose();
  });

  it('max-norm shrinks the weights into a unit to their largest norm, and leaves shorter ones', async () => {
    const plan = held({ maxNorm: 0.8 });
    const session = await open(executor, plan);
    const before = new Map<string, number[]>();
    for (const kernel of kernels) before.set(kernel, await numbersOf(session, kernel));
    await session.run('constrain', {});
    let shrunk = 0;
    for (const kernel of kernels) {
      // 3 × 3 × 1 × 3, by filter; transposed 3 × 3 × 1 × 3, whose only channel out is the last but one axis.
      const unitOf = (index: number) => (kernel === 'conv/kernel' ? index % 3 : 0);
      const after = await numbersOf(session, kernel);
      const start = before.get(kernel) ?? [];
      for (const unit of kernel === 'conv/kernel' ? [0, 1, 2] : [0]) {
        const norm = Math.hypot(...start.filter((_, i) => unitOf(i) === unit));
        if (norm > 0.8) shrunk += 1;
        const factor = Math.min(1, 0.8 / norm);
        after.forEach((w, i) => {
          if (unitOf(i) === unit) expect(w).toBeCloseTo(factor * (start[i] ?? Number.NaN), 5);
        });
      }
    }
    expect(shrunk).toBeGreaterThan(0);
    await session.dispose();
  });

  it('max-norm counts as a unit of a transposed convolution in groups a channel that comes out, by its group alone', async () => {
    const plan = planOf(
      [4, 4, 4],
      [
        newBlock('conv', 'conv', { filters: 6, groups: 2, maxNorm: 0.6 }),
        newBlock('code', 'code', { size: 5 }),
      ],
    );
    const batch = randomSamples(BATCH, [4, 4, 4]);
    const session = await openOn(batch, executor, plan);
    // Both 3 × 3 × 2 × 6, three filters a group: by filter; by channel and by the group of the filters it is made from.
    const unitOf = (kernel: string, i: number) =>
      kernel === 'conv/kernel' ? i % 6 : (Math.floor(i / 6) % 2) + 2 * Math.floor((i % 6) / 3);
    const before = new Map<string, number[]>();
    for (const kernel of kernels) before.set(kernel, await numbersOf(session, kernel));
    await session.run('constrain', {});
    for (const kernel of kernels) {
      const start = before.get(kernel) ?? [];
      const after = await numbersOf(session, kernel);
      expect(new Set(start.map((_, i) => unitOf(kernel, i))).size).toBe(kernel === 'conv/kernel' ? 6 : 4);
      after.forEach((w, i) => {
        const norm = Math.hypot(...start.filter((_, j) => unitOf(kernel, j) === unitOf(kernel, i)));
        expect(w).toBeCloseTo(Math.min(1, 0.6 / norm) * (start[i] ?? Number.NaN), 5);
      });
    }
    await session.dispose();
  });

  it('clips all gradients together, in the same direction, and not those that are short', async () => {
    const plan = held({});
    const [free, clipped, wide] = [
      await open(executor, plan),
      await open(executor, plan, { clipNorm: 0.01 }),
      await open(executor, plan, { clipNorm: 100 }),
    ];
    const gradient = await movedBy(free, plan);
    const length = Math.hypot(...gradient);
    expect(length).toBeGreaterThan(0.01);
    (await movedBy(clipped, plan)).forEach((g, i) => {
      expect(g).toBeCloseTo((0.01 / length) * (gradient[i] ?? Number.NaN), 5);
    });
    (await movedBy(wide, plan)).forEach((g, i) => {
      expect(g).toBeCloseTo(gradient[i] ?? Number.NaN, 5);
    });
    for (const session of [free, clipped, wide]) await session.dispose();
  });

  it('changes nothing where a gradient that is clipped is not finite', async () => {
    const plan = held({});
    const session = await open(executor, plan, { clipNorm: 0.01 });
    const name = 'conv/kernel';
    const kernel = (await session.state([name])).get(name);
    if (!kernel) throw new Error('There is no kernel.');
    const broken = new Float32Array(valueCount(kernel.shape)).fill(Number.NaN);
    await session.setState(new Map([[name, { ...kernel, data: broken }]]));
    const before = await numbersOf(session, 'code/kernel');
    const feeds = { indices: rowNumbers(BATCH), learningRate: rate(1) };
    expect((await session.run('step', feeds)).finite).toBe(false);
    expect(await numbersOf(session, 'code/kernel')).toEqual(before);
    await session.dispose();
  });
});

it('takes no batch apart whose gradients are clipped together, and constrains only where there is a bound', () => {
  const apart = { ...options, parts: 2, partsApart: true };
  expect(compile(held({}), apart).programs[0]?.parts).toHaveLength(2);
  expect(compile(held({}), { ...apart, clipNorm: 1 }).programs[0]?.parts).toBeUndefined();
  const names = (plan: Plan) => compile(plan, options).programs.map(({ name }) => name);
  expect(names(held({}))).not.toContain('constrain');
  expect(names(held({ maxNorm: 3 }))).toContain('constrain');
});
