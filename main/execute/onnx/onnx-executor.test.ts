import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../../shared/errors/problem';
import type { ProgramSet, Update, Value } from '../../ops/program';
import type { Executor, Tensor } from '../executor';
import { ProgramSketch } from '../fixtures/program-sketch';
import { createOnnxExecutor } from './onnx-executor';

const vector = (...values: number[]): Tensor => ({
  dtype: 'float32',
  shape: [values.length],
  data: Float32Array.from(values),
});
const scalar = (value: number): Tensor => ({ dtype: 'float32', shape: [], data: Float32Array.of(value) });
const zeros = (shape: readonly number[]): Tensor => ({
  dtype: 'float32',
  shape,
  data: new Float32Array(shape.reduce((product, length) => product * length, 1)),
});
const bytesOf = (tensor: Tensor | undefined) =>
  tensor && Buffer.from(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength).toString('hex');

const adamConstants = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };

/**
 * Two weights pulled towards fed targets: `near/w` [3] and `far/w` [2, 2], so that the packs have more than one
 * member. loss = mean((w − target)²) of the first; gradients 2/3 (w − target) and (w − 1).
 */
function pull(kind: 'adam' | 'sgd' | 'rmsprop', momentum: number): ProgramSet {
  const sketch = new ProgramSketch();
  const target = sketch.feed('target', [3]);
  const learningRate = sketch.feed('learningRate', []);
  const near = sketch.read('near/w', [3]);
  const far = sketch.read('far/w', [2, 2]);
  sketch.layer = 'near′';
  const difference = sketch.add('sub', [near, target]);
  const loss = sketch.add('reduceMean', [sketch.add('square', [difference])], { axes: [0] });
  const nearGradient = sketch.add('mul', [difference, sketch.constant(2 / 3)]);
  const farGradient = sketch.add('sub', [far, sketch.constant(1)]);
  const updates: Update[] = [];
  const slots: string[] = [];
  const change = (weight: string, gradient: Value, more: Record<string, Value>) => {
    const roles = { adam: ['m', 'v'], sgd: ['velocity'], rmsprop: ['meanSquare', 'momentum'] }[kind].filter(
      (role) => momentum !== 0 || (role !== 'velocity' && role !== 'momentum'),
    );
    slots.push(...roles.map((role) => `${weight}:${role}`));
    updates.push({
      kind,
      state: weight,
      slots: Object.fromEntries(roles.map((role) => [role, `${weight}:${role}`])),
      inputs: { gradient, learningRate, ...more },
      constants: {
        adam: adamConstants,
        sgd: momentum === 0 ? ({} as Record<string, number>) : { momentum },
        rmsprop: { rho: 0.9, momentum, epsilon: 1e-7 },
      }[kind],
    });
  };
  const powers = ['beta1Power', 'beta2Power'] as const;
  const read = kind === 'adam' ? powers.map((name) => [name, sketch.read(name, [])] as const) : [];
  change('near/w', nearGradient, Object.fromEntries(read));
  change('far/w', farGradient, Object.fromEntries(read));
  for (const [name, value] of read) {
    const beta = name === 'beta1Power' ? adamConstants.beta1 : adamConstants.beta2;
    const next = sketch.add('mul', [value, sketch.constant(beta)]);
    updates.push({ kind: 'assign', state: name, slots: {}, inputs: { value: next }, constants: {} });
  }
  const guard = [loss, nearGradient, farGradient];
  const program = sketch.program('step', { loss, 'near/gradient': nearGradient }, guard, updates);
  const look = new ProgramSketch();
  const seen = look.add('mul', [look.read('near/w', [3]), look.constant(1)]);
  const shapeOf = (name: string) => (name.startsWith('far') ? [2, 2] : [3]);
  return {
    state: [
      ...['far/w', 'near/w', ...slots].map((name) => ({ name, shape: shapeOf(name) })),
      ...read.map(([name]) => ({ name, shape: [] })),
    ],
    programs: [program, look.program('look', { seen })],
  };
}

function startOf(set: ProgramSet): Map<string, Tensor> {
  const state = new Map(set.state.map(({ name, shape }) => [name, zeros(shape)]));
  state.set('near/w', vector(1, -2, 3));
  state.set('far/w', { dtype: 'float32', shape: [2, 2], data: Float32Array.of(4, -5, 6, -7) });
  if (state.has('beta1Power')) {
    state.set('beta1Power', scalar(adamConstants.beta1)).set('beta2Power', scalar(adamConstants.beta2));
  }
  return state;
}

const adam = pull('adam', 0);
const goal = [0, 0.5, 1];
const feeds = { target: vector(...goal), learningRate: scalar(0.01) };
let executor: Executor;
const open = async (set: ProgramSet = adam, state = startOf(set)) => {
  executor ??= await createOnnxExecutor();
  return executor.load(set, state);
};

describe('ONNX executor', () => {
  it('says what it is', async () => {
    const description = (await createOnnxExecutor()).describe();
    expect(description).toMatchObject({ name: 'onnx', device: 'cpu' });
    expect(description.version).toMatch(/^\d+\.\d+/);
    expect(description.threads).toBeGreaterThan(0);
  });

  type Weight = { w: number; g: (w: number) => number; a: number; b: number };
  it.each([
    ['adam', 0],
    ['sgd', 0],
    ['sgd', 0.9],
    ['rmsprop', 0],
    ['rmsprop', 0.9],
  ] as const)('takes steps of %s (momentum %s) as the formula says', async (kind, momentum) => {
    const session = await open(pull(kind, momentum));
    const weights: Weight[] = [
      ...[1, -2, 3].map((w, i) => ({ w, g: (at: number) => (2 / 3) * (at - goal[i]!), a: 0, b: 0 })),
      ...[4, -5, 6, -7].map((w) => ({ w, g: (at: number) => at - 1, a: 0, b: 0 })),
    ];
    for (let t = 1; t <= 20; t++) {
      const expectedLoss = weights.slice(0, 3).reduce((sum, { w }, i) => sum + (w - goal[i]!) ** 2, 0) / 3;
      for (const weight of weights) {
        const g = weight.g(weight.w);
        if (kind === 'adam') {
          weight.a = 0.9 * weight.a + 0.1 * g;
          weight.b = 0.999 * weight.b + 0.001 * g * g;
          const alpha = (0.01 * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.9 ** t);
          weight.w -= (alpha * weight.a) / (Math.sqrt(weight.b) + 1e-7);
        } else if (kind === 'sgd') {
          weight.a = momentum * weight.a - 0.01 * g;
          weight.w += weight.a;
        } else {
          weight.b = 0.9 * weight.b + 0.1 * g * g;
          weight.a = momentum * weight.a + (0.01 * g) / Math.sqrt(weight.b + 1e-7);
          weight.w -= weight.a;
        }
      }
      const { outputs, finite } = await session.run('step', feeds);
      expect(finite).toBe(true);
      expect(outputs.loss?.shape).toEqual([]);
      expect(outputs.loss?.data[0]).toBeCloseTo(expectedLoss, 4);
    }
    const state = await session.state();
    const all = [...state.get('near/w')!.data, ...state.get('far/w')!.data];
    for (const [i, { w }] of weights.entries()) expect(all[i]).toBeCloseTo(w, 4);
    if (kind === 'adam') expect(state.get('beta1Power')?.data[0]).toBeCloseTo(0.9 ** 21, 6);
    const { outputs } = await session.run('look', {});
    expect(outputs.seen).toEqual(state.get('near/w'));
    await session.dispose();
  });

  it('gives back and takes state bit for bit, and then repeats a run bit for bit', async () => {
    const odd = vector(Math.PI, -0, 1.4e-45);
    const session = await open(adam, startOf(adam).set('near/w', odd));
    expect(bytesOf((await session.state(['near/w'])).get('near/w'))).toBe(bytesOf(odd));

    for (let i = 0; i < 7; i++) await session.run('step', feeds);
    const middle = await session.state();
    const losses = async (from: typeof session) => {
      const seen: unknown[] = [];
      for (let i = 0; i < 30; i++) seen.push((await from.run('step', feeds)).outputs.loss?.data[0]);
      return seen;
    };
    const first = await losses(session);
    const end = await session.state();
    await session.setState(middle);
    expect(await losses(session)).toEqual(first);
    const other = await open(adam, middle);
    expect(await losses(other)).toEqual(first);
    for (const [name, tensor] of await other.state()) {
      expect([name, bytesOf(tensor)]).toEqual([name, bytesOf(end.get(name))]);
    }
    expect(new Set(end.keys())).toEqual(new Set(adam.state.map(({ name }) => name)));
    await session.dispose();
    await other.dispose();
  });

  it('hands out copies: neither state nor outputs change afterwards', async () => {
    const session = await open();
    const [state, { outputs }] = [await session.state(), await session.run('step', feeds)];
    const [before, loss] = [bytesOf(state.get('near/w')), outputs.loss?.data[0]];
    for (let i = 0; i < 3; i++) await session.run('step', feeds);
    expect(bytesOf(state.get('near/w'))).toBe(before);
    expect(outputs.loss?.data[0]).toBe(loss);
    await session.dispose();
  });

  it('replaces only the state that is named, and nothing where something does not fit', async () => {
    const session = await open();
    await session.setState(new Map([['near/w', vector(7, 8, 9)]]));
    const state = await session.state();
    expect([...state.get('near/w')!.data]).toEqual([7, 8, 9]);
    expect([...state.get('far/w')!.data]).toEqual([4, -5, 6, -7]);
    const wrong = new Map([
      ['near/w', vector(1, 1, 1)],
      ['far/w', vector(1)],
    ]);
    await expect(session.setState(wrong)).rejects.toThrow('far/w is float32 [2,2]');
    await expect(session.setState(new Map([['nothing', vector(1)]]))).rejects.toThrow('nothing');
    await expect(session.state(['nothing'])).rejects.toThrow('nothing');
    expect([...(await session.state()).get('near/w')!.data]).toEqual([7, 8, 9]);
    await session.dispose();
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'reports %s, changes nothing, and goes on afterwards',
    async (bad) => {
      const session = await open();
      await session.run('step', feeds);
      const before = await session.state();
      const stopped = await session.run('step', { ...feeds, target: vector(0, bad, 1) });
      expect(stopped.finite).toBe(false);
      expect(Number.isFinite(stopped.outputs.loss?.data[0])).toBe(false);
      expect(await session.state()).toEqual(before);
      const next = await session.run('step', feeds);
      expect(next.finite).toBe(true);
      expect(await session.state()).not.toEqual(before);
      await session.dispose();
    },
  );

  it('runs calls in the order they were made', async () => {
    const session = await open();
    const [, early, , late] = await Promise.all([
      session.run('step', feeds),
      session.state(['near/w']),
      session.setState(new Map([['near/w', vector(7, 8, 9)]])),
      session.run('look', {}),
    ]);
    expect(early.get('near/w')?.data[0]).toBeCloseTo(0.99, 5);
    expect([...late.outputs.seen!.data]).toEqual([7, 8, 9]);
    await session.dispose();
  });

  it('reads rows of resident uint8 data', async () => {
    const sketch = new ProgramSketch();
    const rows = sketch.add('takeRows', [
      sketch.resident([5, 2], 'uint8'),
      sketch.feed('indices', [3], 'int32'),
    ]);
    const set = {
      state: [],
      programs: [sketch.program('rows', { rows: sketch.add('cast', [rows]), raw: rows })],
    };
    const data: Tensor = {
      dtype: 'uint8',
      shape: [5, 2],
      data: Uint8Array.of(0, 1, 10, 11, 20, 21, 30, 31, 254, 255),
    };
    const session = await (await createOnnxExecutor()).load(set, new Map(), { data });
    const indices: Tensor = { dtype: 'int32', shape: [3], data: Int32Array.of(4, 0, 2) };
    const { outputs } = await session.run('rows', { indices });
    expect(outputs.rows).toEqual({
      dtype: 'float32',
      shape: [3, 2],
      data: Float32Array.of(254, 255, 0, 1, 20, 21),
    });
    expect(outputs.raw).toEqual({
      dtype: 'uint8',
      shape: [3, 2],
      data: Uint8Array.of(254, 255, 0, 1, 20, 21),
    });
    const outside: Tensor = { ...indices, data: Int32Array.of(4, 5, 2) };
    await expect(session.run('rows', { indices: outside })).rejects.toThrow('could not run “rows”');
    await session.dispose();
  });

  it('names the block whose node fails, primes and tildes included', async () => {
    const sketch = new ProgramSketch();
    const data = sketch.resident([2, 1], 'float32');
    const indices = sketch.feed('indices', [1], 'int32');
    sketch.layer = 'code~flatten′';
    const rows = sketch.add('takeRows', [data, indices]);
    const set = { state: [], programs: [sketch.program('rows', { rows })] };
    const session = await (await createOnnxExecutor()).load(set, new Map(), {
      data: { dtype: 'float32', shape: [2, 1], data: Float32Array.of(1, 2) },
    });
    const failure = await problemOf(
      session.run('rows', { indices: { dtype: 'int32', shape: [1], data: Int32Array.of(9) } }),
    );
    expect(failure).toMatchObject({ code: 'ENGINE_FAILED', where: { nodeId: 'code~flatten′' } });
    await session.dispose();
  });

  it('names the block that ONNX Runtime refuses to build', async () => {
    const sketch = new ProgramSketch();
    const x = sketch.feed('x', [2, 3]);
    sketch.layer = 'dense-9';
    const y = sketch.add('matmul', [x, sketch.feed('y', [3, 4])]);
    // A value whose shape lies: only ONNX Runtime's own shape rule can find it.
    const program = sketch.program('broken', { y });
    const bent = program.feeds.map((feed) =>
      feed.name === 'y' ? { ...feed, value: { ...feed.value, shape: [5, 4] } } : feed,
    );
    const failure = await problemOf(open({ state: [], programs: [{ ...program, feeds: bent }] }, new Map()));
    expect(failure).toMatchObject({ code: 'ENGINE_REFUSED', where: { nodeId: 'dense-9' } });
  });

  it('refuses unknown programs, feeds that are missing or do not fit, and missing state', async () => {
    const session = await open();
    await expect(session.run('stride', feeds)).rejects.toThrow('no program stride');
    await expect(session.run('step', { target: feeds.target })).rejects.toThrow('learningRate');
    const short = { ...feeds, target: vector(1) };
    await expect(session.run('step', short)).rejects.toThrow('target is float32 [3]; float32 [1]');
    expect((await session.run('step', feeds)).finite).toBe(true);
    await session.dispose();
    await expect(open(adam, new Map())).rejects.toThrow('was given no contents');
  });

  it('rejects every call once disposed of', async () => {
    const session = await open();
    const running = session.run('step', feeds);
    await Promise.all([session.dispose(), session.dispose()]);
    expect((await running).finite).toBe(true);
    await expect(session.run('step', feeds)).rejects.toThrow('disposed');
    await expect(session.state()).rejects.toThrow('disposed');
    await expect(session.setState(new Map())).rejects.toThrow('disposed');
  });

  it('keeps to its memory over hundreds of steps', async () => {
    // 1 MB of weights: to leak one set of them a step would take 400 MB.
    const sketch = new ProgramSketch();
    const shape = [512, 512];
    const w = sketch.read('w', shape);
    const learningRate = sketch.feed('learningRate', []);
    const update: Update = {
      kind: 'sgd',
      state: 'w',
      slots: {},
      inputs: { gradient: w, learningRate },
      constants: {},
    };
    const loss = sketch.add('reduceMean', [w], { axes: [0, 1] });
    const set = {
      state: [{ name: 'w', shape }],
      programs: [sketch.program('step', { loss }, [w], [update])],
    };
    const session = await open(set, new Map([['w', zeros(shape)]]));
    const steps = async (count: number) => {
      for (let i = 0; i < count; i++) await session.run('step', { learningRate: scalar(0.1) });
    };
    await steps(100);
    const before = process.memoryUsage.rss();
    await steps(400);
    expect((process.memoryUsage.rss() - before) / 2 ** 20).toBeLessThan(150);
    await session.dispose();
  });
});

async function problemOf(work: Promise<unknown>) {
  const failure = await work.catch((error: unknown) => error);
  if (!(failure instanceof ProblemError)) throw new Error(`Expected a ProblemError, got ${failure}`);
  return failure.problems[0];
}
