import { beforeAll, describe, expect, it } from 'vitest';
import { newBlock } from '../../shared/document/new-document';
import { type Loss, losses } from '../../shared/losses/catalogue';
import type { Executor, ModelSession, Tensor } from '../execute/executor';
import { createOnnxExecutor } from '../execute/onnx/onnx-executor';
import { isTensorFlowPresent } from '../execute/tensorflow/is-present';
import { createTensorFlowExecutor } from '../execute/tensorflow/tensorflow-executor';
import { uniforms } from '../random/philox';
import { compile } from './compile';
import { planOf } from './fixtures/plans';
import { initialState } from './initial-state';

const BATCH = 6;
const SHAPE = [13, 14, 2];
const SIZE = 13 * 14 * 2;
const sgd = { type: 'sgd', momentum: 0 };
const samples: Tensor = {
  dtype: 'float32',
  shape: [BATCH, ...SHAPE],
  data: uniforms(4, 'samples', 0, BATCH * SIZE),
};
const indices: Tensor = { dtype: 'int32', shape: [BATCH], data: Int32Array.of(0, 1, 2, 3, 4, 5) };
const rate = (value: number): Tensor => ({ dtype: 'float32', shape: [], data: Float32Array.of(value) });

const planWith = (loss: Loss) =>
  planOf(
    SHAPE,
    [
      newBlock('conv', 'conv', { filters: 3, kernel: 3, stride: 2, activation: 'tanh' }),
      newBlock('code', 'code', { size: 5 }),
    ],
    { activation: 'sigmoid', loss },
  );

function open(executor: Executor, loss: Loss): Promise<ModelSession> {
  const plan = planWith(loss);
  const set = compile(plan, {
    sample: { dtype: 'float32' },
    dataCount: BATCH,
    batchSize: BATCH,
    remainder: 0,
    evaluationBatch: BATCH,
    reconstructBatch: BATCH,
    optimizer: sgd,
  });
  return executor.load(set, initialState(plan, sgd, 1), { data: samples, threads: 1 });
}

async function lossOf(session: ModelSession, learningRate = 0): Promise<number> {
  const { outputs } = await session.run('step', { indices, learningRate: rate(learningRate) });
  return outputs.loss?.data[0] ?? Number.NaN;
}

const present = isTensorFlowPresent();
const engines = [
  ['onnx', createOnnxExecutor],
  ...(present ? ([['tensorflow', createTensorFlowExecutor]] as const) : []),
] as const;

describe.each(engines)('losses, %s', (_, create) => {
  let executor: Executor;
  beforeAll(async () => {
    executor = await create();
  });

  it.each(losses)('$type of every sample is that of plain arithmetic', async ({ type, of }) => {
    const session = await open(executor, type);
    const { outputs } = await session.run('evaluate-batch', { batch: samples });
    const made = Float32Array.from(outputs.reconstructions?.data ?? []);
    const expected = Array.from({ length: BATCH }, (_, i) => {
      const at = (values: ArrayLike<number>) => Float32Array.from(values).subarray(i * SIZE, (i + 1) * SIZE);
      return of(at(made), at(samples.data), SHAPE);
    });
    expect(outputs.loss?.shape).toEqual([BATCH]);
    expected.forEach((loss, i) => {
      expect(outputs.loss?.data[i]).toBeCloseTo(loss, 5);
    });
    const mean = expected.reduce((sum, loss) => sum + loss, 0) / BATCH;
    expect(await lossOf(session)).toBeCloseTo(mean, 5);
    await session.dispose();
  });

  it.each(losses)('$type has the gradient of central differences', async ({ type }) => {
    const session = await open(executor, type);
    const name = 'conv′/kernel';
    const start = (await session.state([name])).get(name);
    if (!start) throw new Error('There is no kernel.');
    await lossOf(session, 1);
    const moved = (await session.state([name])).get(name)?.data ?? [];
    const direction = uniforms(5, 'direction', 0, start.data.length).map((u) => (u < 0.5 ? -1 : 1));
    const slope = direction.reduce((sum, d, i) => sum + d * ((start.data[i] ?? 0) - (moved[i] ?? 0)), 0);
    const lossAt = async (step: number) => {
      const data = Float32Array.from(start.data, (w, i) => w + step * (direction[i] ?? 0));
      await session.setState(initialState(planWith(type), sgd, 1));
      await session.setState(new Map([[name, { ...start, data }]]));
      return lossOf(session);
    };
    const found = ((await lossAt(0.01)) - (await lossAt(-0.01))) / 0.02;
    expect(Math.abs(found - slope)).toBeLessThan(1e-3 * Math.max(1, Math.abs(slope)));
    await session.dispose();
  });
});
