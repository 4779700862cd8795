import { afterAll, describe, expect, it } from 'vitest';
import { newBlock } from '../../shared/document/new-document';
import type { ModelSession, Tensor } from '../execute/executor';
import { enginesHere } from '../execute/fixtures/engines-here';
import { uniforms } from '../random/philox';
import { compile } from './compile';
import type { CompileOptions } from './compile-options';
import { planOf } from './fixtures/plans';
import { initialState } from './initial-state';
import { trainableState, weightState } from './weight-state';

const [COUNT, CHANNELS] = [70, 3];
const PLACES = COUNT * 4 * 5;
const adam = { type: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
const options: CompileOptions = {
  sample: { dtype: 'float32' },
  dataCount: COUNT,
  batchSize: COUNT,
  remainder: 0,
  evaluationBatch: COUNT,
  reconstructBatch: 4,
  parts: 2,
  optimizer: adam,
};
const plan = planOf(
  [4, 5, CHANNELS],
  [newBlock('batch-norm', 'norm', { momentum: 0.8, epsilon: 0.01 }), newBlock('code', 'code', { size: 2 })],
);
// Channels of another mean and spread each.
const values = uniforms(1, 'samples', 0, PLACES * CHANNELS).map(
  (u, i) => u * (1 + (i % CHANNELS)) - (i % CHANNELS),
);
const data: Tensor = { dtype: 'float32', shape: [COUNT, 4, 5, CHANNELS], data: values };
const channel = (at: number) => Array.from(values.filter((_, i) => i % CHANNELS === at));
const mean = (list: readonly number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;

const engines = enginesHere('batch normalisation');

describe('batch normalisation', () => {
  const sessions: ModelSession[] = [];
  afterAll(() => Promise.all(sessions.map((session) => session.dispose())));

  it('is of whole batches, and of neither optimizer nor parameter count', () => {
    const step = (partsApart: boolean) =>
      compile(plan, { ...options, partsApart }).programs.find(({ name }) => name === 'step');
    expect(step(true)?.parts).toBeUndefined();
    expect(step(false)?.nodes.some(({ op }) => op === 'slice')).toBe(false);
    const names = (state: readonly { name: string }[]) =>
      state.map(({ name }) => name).filter((name) => name.startsWith('norm'));
    expect(names(weightState(plan))).toEqual([
      'norm/gamma',
      'norm/beta',
      'norm/moving-mean',
      'norm/moving-variance',
    ]);
    expect(names(trainableState(plan))).toEqual(['norm/gamma', 'norm/beta']);
    expect(plan.layers.find(({ id }) => id === 'norm')?.parameterCount).toBe(2 * CHANNELS);
    expect(initialState(plan, adam, 1).has('norm/moving-mean:m')).toBe(false);
  });

  it.each(engines)(
    'moves its running mean and variance towards each batch’s on %s, and evaluates by them',
    async (_, create) => {
      const session = await (await create()).load(compile(plan, options), initialState(plan, adam, 1), {
        data,
        threads: 1,
      });
      sessions.push(session);
      const indices: Tensor = {
        dtype: 'int32',
        shape: [COUNT],
        data: Int32Array.from({ length: COUNT }, (_, i) => i),
      };
      const learningRate: Tensor = { dtype: 'float32', shape: [], data: Float32Array.of(0) };
      const evaluated = async () => (await session.run('evaluate', { indices })).outputs.mse?.data;
      const before = await evaluated();
      for (let step = 0; step < 3; step++) await session.run('step', { indices, learningRate });
      const state = await session.state();
      for (let at = 0; at < CHANNELS; at++) {
        const own = channel(at);
        const variance = mean(own.map((x) => (x - mean(own)) ** 2));
        expect(state.get('norm/moving-mean')?.data[at]).toBeCloseTo(mean(own) * (1 - 0.8 ** 3), 5);
        expect(state.get('norm/moving-variance')?.data[at]).toBeCloseTo(
          0.8 ** 3 + variance * (1 - 0.8 ** 3),
          5,
        );
      }
      // With a rate of 0 nothing else has changed.
      expect(await evaluated()).not.toEqual(before);
      const start = initialState(plan, adam, 1);
      for (const { name } of trainableState(plan)) expect(state.get(name)).toEqual(start.get(name));
    },
  );
});
