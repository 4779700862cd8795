import { describe, expect, it } from 'vitest';
import type { Plan } from '../../shared/plan/plan';
import type { DrawKey, Executor, Tensor } from '../execute/executor';
import { enginesHere } from '../execute/fixtures/engines-here';
import { createOnnxExecutor } from '../execute/onnx/onnx-executor';
import type { Program } from '../ops/program';
import { normals, uniforms } from '../random/philox';
import { compile } from './compile';
import type { CompileOptions } from './compile-options';
import { noisyPlan } from './fixtures/plans';
import { initialState } from './initial-state';
import { lowerLayers, outputOf } from './lower-plan';
import { ProgramBuilder } from './program-builder';

const BATCH = 70;
const COUNT = 80;
const adam = { type: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
const options: CompileOptions = {
  sample: { dtype: 'float32' },
  dataCount: COUNT,
  batchSize: BATCH,
  remainder: 0,
  evaluationBatch: 20,
  reconstructBatch: 5,
  optimizer: adam,
};
const data: Tensor = {
  dtype: 'float32',
  shape: [COUNT, 8, 12, 2],
  data: uniforms(1, 'samples', 0, COUNT * 192),
};

const executors = enginesHere('noise');

const key: DrawKey = { seed: 5, purpose: 'training', step: 0 };

function stepOf(plan: Plan): Program {
  const step = compile(plan, options).programs.find(({ name }) => name === 'step');
  if (!step) throw new Error('There is no step.');
  return step;
}

/** The losses of ten steps; numbers to draw are given, or drawn by the executor. */
async function losses(create: () => Promise<Executor>, parts: number, given: boolean) {
  const plan = noisyPlan();
  const set = compile(plan, { ...options, parts });
  const session = await (await create()).load(set, initialState(plan, adam, 3), { data, threads: 1 });
  const indices: Tensor = {
    dtype: 'int32',
    shape: [BATCH],
    data: Int32Array.from({ length: BATCH }, (_, i) => (i * 7) % COUNT),
  };
  const learningRate: Tensor = { dtype: 'float32', shape: [], data: Float32Array.of(0.003) };
  const list: number[] = [];
  for (let step = 0; step < 10; step++) {
    const numbers = given ? drawnNumbers(stepOf(plan), step) : {};
    const feeds = { indices, learningRate, ...numbers };
    const { outputs } = await session.run('step', feeds, given ? undefined : { ...key, step });
    list.push(outputs.loss?.data[0] ?? Number.NaN);
  }
  await session.dispose();
  return list;
}

function drawnNumbers({ draws }: Program, step: number): Record<string, Tensor> {
  const numbers = draws.map(({ name, distribution, value: { dtype, shape } }): [string, Tensor] => {
    const count = shape.reduce((product, length) => product * length, 1);
    const draw = distribution === 'uniform' ? uniforms : normals;
    return [name, { dtype, shape, data: draw(9, name, step, count) }];
  });
  return Object.fromEntries(numbers);
}

function expectClose(list: readonly number[], others: readonly number[]) {
  expect(list).toHaveLength(others.length);
  list.forEach((loss, i) => {
    expect(Math.abs(loss / (others[i] ?? Number.NaN) - 1)).toBeLessThan(1e-4);
  });
}

describe('noise and dropout', () => {
  it('act in training alone', () => {
    for (const { name, draws } of compile(noisyPlan(), options).programs) {
      expect([name, draws.map((draw) => [draw.name, draw.distribution, draw.value.shape])]).toEqual([
        name,
        name !== 'step'
          ? []
          : [
              ['noise-1/noise', 'normal', [BATCH, 8, 12, 2]],
              ['dropout-1/kept', 'uniform', [BATCH, 1, 1, 6]],
              ['dropout-2/kept', 'uniform', [BATCH, 12]],
            ],
      ]);
    }
  });

  it('train alike on both engines by the same numbers, whole and in parts', async () => {
    const whole = await losses(createOnnxExecutor, 1, true);
    expect(whole.at(-1)).toBeLessThan(whole[0] ?? 0);
    for (const [name, create] of executors) {
      if (name !== 'onnx') expectClose(await losses(create, 1, true), whole);
      expectClose(await losses(create, 2, true), whole);
    }
  });

  it.each(executors)('repeat on %s by the same key', async (_, create) => {
    const first = await losses(create, 1, false);
    expect(await losses(create, 1, false)).toEqual(first);
    expectClose(await losses(create, 2, false), first);
  });

  it.each(executors)('change values on %s as the formulas say', async (_, create) => {
    const build = new ProgramBuilder();
    const { layers } = noisyPlan();
    const x = build.feed('x', [3, 8, 12, 2]);
    const y = build.feed('y', [3, 4, 6, 6]);
    const z = build.feed('z', [3, 12]);
    const of = (id: string, value: typeof x) => {
      const layer = layers.find((each) => each.id === id);
      if (!layer) throw new Error(`There is no ${id}.`);
      const values = lowerLayers(build, [layer], new Map([[layer.inputs[0] ?? '', value]]), {
        training: true,
      });
      return outputOf(values, id);
    };
    const outputs = { noisy: of('noise-1', x), channels: of('dropout-1', y), dropped: of('dropout-2', z) };
    const program = build.finish('noise', { outputs });
    const numbers = drawnNumbers(program, 0);
    const session = await (await create()).load({ state: [], programs: [program] }, new Map());
    const ones = (shape: readonly number[]): Tensor => ({
      dtype: 'float32',
      shape,
      data: new Float32Array(shape.reduce((a, b) => a * b)).fill(1),
    });
    const fed = { x: ones(x.shape), y: ones(y.shape), z: ones(z.shape) };
    const ran = (await session.run('noise', { ...fed, ...numbers })).outputs;
    await session.dispose();
    const drawn = (name: string) => numbers[name]?.data ?? [];
    ran.noisy?.data.forEach((value, i) => {
      expect(value).toBeCloseTo(1 + 0.2 * (drawn('noise-1/noise')[i] ?? Number.NaN), 5);
    });
    ran.dropped?.data.forEach((value, i) => {
      expect(value).toBe((drawn('dropout-2/kept')[i] ?? Number.NaN) < 0.5 ? 0 : 2);
    });
    // Sample, then pixel, then channel: all pixels of a sample's channel are kept or none is.
    ran.channels?.data.forEach((value, i) => {
      const at = Math.floor(i / (24 * 6)) * 6 + (i % 6);
      expect(value).toBeCloseTo((drawn('dropout-1/kept')[at] ?? Number.NaN) < 0.25 ? 0 : 4 / 3, 6);
    });
    expect(new Set(ran.dropped?.data)).toEqual(new Set([0, 2]));
  });
});
