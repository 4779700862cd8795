import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../../shared/errors/problem';
import type { ProgramSet, Update, Value } from '../../ops/program';
import type { Tensor } from '../executor';
import { ProgramSketch } from '../fixtures/program-sketch';
import { isTensorFlowPresent } from './is-present';
import { loadBinding } from './load-binding';
import { createTensorFlowExecutor } from './tensorflow-executor';

const present = isTensorFlowPresent();
if (!present) console.warn('TensorFlow has not been fetched: its executor is not tested here.');

const vector = (...values: number[]): Tensor => ({
  dtype: 'float32',
  shape: [values.length],
  data: Float32Array.from(values),
});
const scalar = (value: number): Tensor => ({ dtype: 'float32', shape: [], data: Float32Array.of(value) });

/** One weight vector pulled towards the fed target: loss = mean((w − target)²), gradient = 2/3 (w − target). */
function pull(update: (gradient: Value, learningRate: Value, sketch: ProgramSketch) => Update[]) {
  const sketch = new ProgramSketch();
  const target = sketch.feed('target', [3]);
  const learningRate = sketch.feed('learningRate', []);
  const w = sketch.read('pull/w', [3]);
  sketch.layer = 'pull′';
  const difference = sketch.add('sub', [w, target]);
  const loss = sketch.add('reduceMean', [sketch.add('square', [difference])], { axes: [0] });
  const gradient = sketch.add('mul', [difference, sketch.constant(2 / 3)]);
  const updates = update(gradient, learningRate, sketch);
  return sketch.program('step', { loss }, [loss, gradient], updates);
}

const adam: ProgramSet = {
  state: [
    ...['pull/w', 'pull/w:m', 'pull/w:v'].map((name) => ({ name, shape: [3] })),
    ...['beta1Power', 'beta2Power'].map((name) => ({ name, shape: [] })),
  ],
  programs: [
    pull((gradient, learningRate, sketch) => {
      const [beta1Power, beta2Power] = [sketch.read('beta1Power', []), sketch.read('beta2Power', [])];
      const next = (power: Value, beta: number) => sketch.add('mul', [power, sketch.constant(beta)]);
      return [
        {
          kind: 'adam',
          state: 'pull/w',
          slots: { m: 'pull/w:m', v: 'pull/w:v' },
          inputs: { gradient, learningRate, beta1Power, beta2Power },
          constants: { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
        },
        assign('beta1Power', next(beta1Power, 0.9)),
        assign('beta2Power', next(beta2Power, 0.999)),
      ];
    }),
  ],
};
const adamStart = new Map([
  ['pull/w', vector(1, -2, 3)],
  ['pull/w:m', vector(0, 0, 0)],
  ['pull/w:v', vector(0, 0, 0)],
  ['beta1Power', scalar(0.9)],
  ['beta2Power', scalar(0.999)],
]);

function assign(state: string, value: Value): Update {
  return { kind: 'assign', state, slots: {}, inputs: { value }, constants: {} };
}

const feeds = { target: vector(0, 0.5, 1), learningRate: scalar(0.01) };

describe.skipIf(!present)('TensorFlow executor', () => {
  it('takes Adam steps as the formula says', async () => {
    const session = await (await createTensorFlowExecutor()).load(adam, adamStart);
    let [w, m, v] = [
      [1, -2, 3],
      [0, 0, 0],
      [0, 0, 0],
    ];
    for (let t = 1; t <= 20; t++) {
      const g = w.map((wi, i) => (2 / 3) * (wi - [0, 0.5, 1][i]!));
      m = m.map((mi, i) => 0.9 * mi + 0.1 * g[i]!);
      v = v.map((vi, i) => 0.999 * vi + 0.001 * g[i]! ** 2);
      const alpha = (0.01 * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.9 ** t);
      const expectedLoss = w.reduce((sum, wi, i) => sum + (wi - [0, 0.5, 1][i]!) ** 2, 0) / 3;
      w = w.map((wi, i) => wi - (alpha * m[i]!) / (Math.sqrt(v[i]!) + 1e-7));
      const { outputs, finite } = await session.run('step', feeds);
      expect(finite).toBe(true);
      expect(outputs.loss?.data[0]).toBeCloseTo(expectedLoss, 5);
    }
    const state = await session.state(['pull/w', 'beta1Power']);
    for (const [i, value] of w.entries()) expect(state.get('pull/w')?.data[i]).toBeCloseTo(value, 5);
    expect(state.get('beta1Power')?.data[0]).toBeCloseTo(0.9 ** 21, 6);
    await session.dispose();
  });

  it.each([
    ['plain descent', {}, {}, (w: number, g: number) => ({ w: w - 0.1 * g, s: 0 })],
    [
      'momentum',
      { velocity: 'slot' },
      { momentum: 0.9 },
      (w: number, g: number, s: number) => ({ w: w + 0.9 * s - 0.1 * g, s: 0.9 * s - 0.1 * g }),
    ],
  ])('takes steps of SGD with %s', async (_, slots, constants, rule) => {
    const set: ProgramSet = {
      state: [...new Set(['pull/w', 'slot'])].map((name) => ({ name, shape: [3] })),
      programs: [
        pull((gradient, learningRate) => [
          { kind: 'sgd', state: 'pull/w', slots, inputs: { gradient, learningRate }, constants },
        ]),
      ],
    };
    await expectRule(set, rule);
  });

  it.each([
    [0, {}],
    [0.9, { momentum: 'momentum' }],
  ])('takes steps of RMSProp with momentum %s', async (momentum, more) => {
    const set: ProgramSet = {
      state: ['pull/w', 'slot', 'momentum'].map((name) => ({ name, shape: [3] })),
      programs: [
        pull((gradient, learningRate) => [
          {
            kind: 'rmsprop',
            state: 'pull/w',
            slots: { meanSquare: 'slot', ...more },
            inputs: { gradient, learningRate },
            constants: { rho: 0.9, momentum, epsilon: 1e-7 },
          },
        ]),
      ],
    };
    const moving = [0, 0, 0];
    await expectRule(set, (w, g, s, i) => {
      const meanSquare = 0.9 * s + 0.1 * g * g;
      moving[i] = momentum * moving[i]! + (0.1 * g) / Math.sqrt(meanSquare + 1e-7);
      return { w: w - moving[i]!, s: meanSquare };
    });
  });

  it('gives back and takes state bit for bit, and then repeats a run bit for bit', async () => {
    const executor = await createTensorFlowExecutor();
    const odd = vector(Math.PI, -0, 1.4e-45);
    const session = await executor.load(adam, new Map(adamStart).set('pull/w', odd));
    const held = (await session.state(['pull/w'])).get('pull/w');
    expect(new Uint8Array(held!.data.buffer)).toEqual(new Uint8Array(odd.data.buffer));

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
    const other = await executor.load(adam, middle);
    expect(await losses(other)).toEqual(first);
    expect(await other.state()).toEqual(end);
    await session.dispose();
    await other.dispose();
  });

  it('replaces only the state that is named', async () => {
    const session = await (await createTensorFlowExecutor()).load(adam, adamStart);
    await session.setState(new Map([['pull/w', vector(7, 8, 9)]]));
    const state = await session.state();
    expect([...state.get('pull/w')!.data]).toEqual([7, 8, 9]);
    expect(state.get('beta1Power')?.data[0]).toBeCloseTo(0.9);
    await expect(session.setState(new Map([['pull/w', vector(1)]]))).rejects.toThrow('pull/w is float32 [3]');
    await expect(session.setState(new Map([['nothing', vector(1)]]))).rejects.toThrow('nothing');
    await session.dispose();
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])(
    'reports %s, changes nothing, and goes on afterwards',
    async (bad) => {
      const session = await (await createTensorFlowExecutor()).load(adam, adamStart);
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
    const session = await (await createTensorFlowExecutor()).load(set, new Map(), { data });
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
    const set = {
      state: [],
      programs: [sketch.program('rows', { rows: sketch.add('takeRows', [data, indices]) })],
    };
    const session = await (await createTensorFlowExecutor()).load(set, new Map(), {
      data: { dtype: 'float32', shape: [2, 1], data: Float32Array.of(1, 2) },
    });
    const failure = await session
      .run('rows', { indices: { dtype: 'int32', shape: [1], data: Int32Array.of(9) } })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProblemError);
    if (!(failure instanceof ProblemError)) return;
    expect(failure.problems[0]).toMatchObject({ code: 'ENGINE_FAILED', where: { nodeId: 'code~flatten′' } });
    await session.dispose();
  });

  it('names the block that TensorFlow refuses to build', async () => {
    const sketch = new ProgramSketch();
    const x = sketch.feed('x', [2, 3]);
    sketch.layer = 'dense-9';
    const y = sketch.add('matmul', [x, sketch.feed('y', [3, 4])]);
    // A value whose shape lies: only TensorFlow's own shape rule can find it.
    const program = sketch.program('broken', { y });
    const lying = { ...program, feeds: program.feeds.map((feed) => (feed.name === 'y' ? bent(feed) : feed)) };
    const failure = await (await createTensorFlowExecutor())
      .load({ state: [], programs: [lying] }, new Map())
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProblemError);
    if (!(failure instanceof ProblemError)) return;
    expect(failure.problems[0]).toMatchObject({ code: 'ENGINE_REFUSED', where: { nodeId: 'dense-9' } });
  });

  it('makes no tensor that outlives its run, and leaves no folder behind', async () => {
    const { binding } = loadBinding();
    const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('hourglass-model-')).length;
    const [foldersBefore, models] = [folders(), binding.getNumOfSavedModels()];
    const session = await (await createTensorFlowExecutor()).load(adam, adamStart);
    expect(folders()).toBe(foldersBefore);
    const before = binding.getNumOfTensors();
    for (let i = 0; i < 1000; i++) await session.run('step', feeds);
    await session.run('step', { ...feeds, learningRate: scalar(0), target: vector(0, Number.NaN, 0) });
    await session.setState(await session.state());
    expect(binding.getNumOfTensors()).toBe(before);
    await session.dispose();
    await session.dispose();
    expect(binding.getNumOfSavedModels()).toBe(models);
    await expect(session.run('step', feeds)).rejects.toThrow('disposed');
    await expect(session.state()).rejects.toThrow('disposed');
  });

  it('refuses unknown programs, missing feeds and missing state', async () => {
    const executor = await createTensorFlowExecutor();
    const session = await executor.load(adam, adamStart);
    await expect(session.run('stride', feeds)).rejects.toThrow('no program stride');
    await expect(session.run('step', { target: feeds.target })).rejects.toThrow('learningRate');
    await session.dispose();
    const models = loadBinding().binding.getNumOfSavedModels();
    await expect(executor.load(adam, new Map())).rejects.toThrow('pull/w');
    expect(loadBinding().binding.getNumOfSavedModels()).toBe(models);
  });
});

function bent(feed: { name: string; value: Value }) {
  return { ...feed, value: { ...feed.value, shape: [5, 4] } };
}

/** Runs ten steps at a learning rate of 0.1 beside the rule in double precision. */
async function expectRule(
  set: ProgramSet,
  rule: (w: number, g: number, s: number, i: number) => { w: number; s: number },
): Promise<void> {
  const zero = vector(0, 0, 0);
  const state = new Map(set.state.map(({ name }) => [name, name === 'pull/w' ? vector(1, -2, 3) : zero]));
  const session = await (await createTensorFlowExecutor()).load(set, state);
  const target = [0, 0.5, 1];
  const expected = [1, -2, 3].map((w) => ({ w, s: 0 }));
  for (let t = 0; t < 10; t++) {
    await session.run('step', { target: vector(...target), learningRate: scalar(0.1) });
    for (const [i, { w, s }] of expected.entries()) {
      expected[i] = rule(w, (2 / 3) * (w - target[i]!), s, i);
    }
  }
  const after = await session.state();
  expected.forEach(({ w, s }, i) => {
    expect(after.get('pull/w')?.data[i]).toBeCloseTo(w, 5);
    expect(after.get('slot')?.data[i]).toBeCloseTo(s, 5);
  });
  await session.dispose();
}
