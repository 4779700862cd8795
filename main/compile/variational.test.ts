import { describe, expect, it } from 'vitest';
import { newBlock } from '../../shared/document/new-document';
import type { ModelSession, Tensor } from '../execute/executor';
import { enginesHere } from '../execute/fixtures/engines-here';
import { normals, uniforms } from '../random/philox';
import { compile } from './compile';
import type { CompileOptions } from './compile-options';
import { planOf } from './fixtures/plans';
import { initialState } from './initial-state';

const COUNT = 66;
const [VALUES, SIZE, BETA] = [12, 3, 0.7];
const sgd = { type: 'sgd', momentum: 0 } as const;
const options: CompileOptions = {
  sample: { dtype: 'float32' },
  dataCount: COUNT,
  batchSize: COUNT,
  remainder: 0,
  evaluationBatch: COUNT,
  reconstructBatch: COUNT,
  optimizer: sgd,
};
const plan = planOf([VALUES], [newBlock('code', 'code', { size: SIZE, coding: 'variational', beta: BETA })], {
  activation: 'linear',
  loss: 'mse',
});
const state = initialState(plan, sgd, 3);
const tensor = (shape: readonly number[], data: Float32Array): Tensor => ({ dtype: 'float32', shape, data });
const samples = uniforms(1, 'samples', 0, COUNT * VALUES);
const noise = normals(1, 'noise', 0, COUNT * SIZE);
const scalar = (value: number) => tensor([], Float32Array.of(value));
const stepFeeds = {
  indices: {
    dtype: 'int32',
    shape: [COUNT],
    data: Int32Array.from({ length: COUNT }, (_, i) => i),
  } as Tensor,
  learningRate: scalar(0.5),
  beta: scalar(BETA),
  'code/code': tensor([COUNT, SIZE], noise),
};

/** The formulas once more, in double precision, for weights as they are in a state. */
function expected(weights: ReadonlyMap<string, Tensor>) {
  const weight = (name: string) => Array.from(weights.get(name)?.data ?? []);
  const dense = (x: readonly number[], layer: string, out: number) =>
    Array.from({ length: out }, (_, j) =>
      x.reduce(
        (sum, value, i) => sum + value * (weight(`${layer}kernel`)[i * out + j] ?? 0),
        weight(`${layer}bias`)[j] ?? 0,
      ),
    );
  const rows = Array.from({ length: COUNT }, (_, row) => {
    const x = Array.from(samples.subarray(row * VALUES, (row + 1) * VALUES));
    const mean = dense(x, 'code/', SIZE);
    const logVariance = dense(x, 'code/log-variance-', SIZE);
    const code = mean.map((m, j) => m + Math.exp((logVariance[j] ?? 0) / 2) * (noise[row * SIZE + j] ?? 0));
    const error = (z: readonly number[]) =>
      dense(z, 'code′/', VALUES).reduce((sum, y, i) => sum + (y - (x[i] ?? 0)) ** 2, 0) / VALUES;
    const divergence = mean.map((m, j) => {
      const v = logVariance[j] ?? 0;
      return 0.5 * (m * m + Math.exp(v) - v - 1);
    });
    const total = divergence.reduce((sum, kl) => sum + kl, 0);
    return {
      divergence,
      trained: error(code) + (BETA * total) / VALUES,
      evaluated: error(mean) + (BETA * total) / VALUES,
    };
  });
  const mean = (of: (row: (typeof rows)[number]) => number) =>
    rows.reduce((sum, row) => sum + of(row), 0) / COUNT;
  return { rows, trained: mean(({ trained }) => trained) };
}

const engines = enginesHere('a variational code');

describe.each(engines)('a variational code on %s', (_, create) => {
  const open = async (parts: number): Promise<ModelSession> =>
    (await create()).load(compile(plan, { ...options, parts }), state, {
      data: tensor([COUNT, VALUES], samples),
      threads: 1,
    });

  it('draws its code in training, and is charged for its divergence', async () => {
    for (const parts of [1, 2]) {
      const session = await open(parts);
      const { trained } = expected(state);
      const { outputs } = await session.run('step', stepFeeds);
      expect(outputs.loss?.data[0]).toBeCloseTo(trained, 5);
      const told = Number(outputs.reconstruction?.data[0]) + Number(outputs.divergence?.data[0]);
      expect(told).toBeCloseTo(trained, 5);
      await session.dispose();
    }
  });

  it('descends along the gradient, as central differences have it', async () => {
    const session = await open(1);
    await session.run('step', stepFeeds);
    const after = await session.state();
    await session.dispose();
    for (const name of [
      'code/kernel',
      'code/log-variance-kernel',
      'code/log-variance-bias',
      'code′/kernel',
    ]) {
      const before = state.get(name);
      if (!before) throw new Error(`There is no ${name}.`);
      for (const at of [0, 1, 2]) {
        const moved = (by: number) => {
          const data = Float32Array.from(before.data, (w, i) => (i === at ? w + by : w));
          return expected(new Map(state).set(name, { ...before, data })).trained;
        };
        const gradient = (moved(1e-3) - moved(-1e-3)) / 2e-3;
        const step = (before.data[at] ?? 0) - (after.get(name)?.data[at] ?? Number.NaN);
        expect(Math.abs(step / 0.5 - gradient), `${name} ${at}`).toBeLessThan(
          1e-3 * Math.max(1, Math.abs(gradient)),
        );
      }
    }
  });

  it('is its mean in evaluation, which tells the divergence of each of its values', async () => {
    const session = await open(2);
    const { outputs } = await session.run('evaluate-batch', { batch: tensor([COUNT, VALUES], samples) });
    await session.dispose();
    const { rows } = expected(state);
    rows.forEach(({ divergence, evaluated }, row) => {
      expect(outputs.loss?.data[row]).toBeCloseTo(evaluated, 5);
      divergence.forEach((kl, j) => {
        expect(outputs.divergence?.data[row * SIZE + j]).toBeCloseTo(kl, 5);
      });
    });
  });
});
