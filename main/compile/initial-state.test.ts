import { describe, expect, it } from 'vitest';
import { INITIALIZERS, type Initializer } from '../../shared/blocks/layer-ops';
import { newBlock } from '../../shared/document/new-document';
import type { Optimizer } from '../../shared/optimizers/catalogue';
import { convPlan, planOf } from './fixtures/plans';
import { initialState } from './initial-state';

const sgd: Optimizer = { type: 'sgd', momentum: 0 };
const FAN_IN = 400;
const FAN_OUT = 100;

/** What Keras 3 documents: the standard deviation, and the bound no weight passes. */
const expected: Readonly<Record<Initializer, { deviation: number; bound: number }>> = {
  glorotUniform: uniform(Math.sqrt(6 / (FAN_IN + FAN_OUT))),
  heUniform: uniform(Math.sqrt(6 / FAN_IN)),
  lecunUniform: uniform(Math.sqrt(3 / FAN_IN)),
  randomUniform: uniform(0.05),
  glorotNormal: truncated(Math.sqrt(2 / (FAN_IN + FAN_OUT))),
  heNormal: truncated(Math.sqrt(2 / FAN_IN)),
  lecunNormal: truncated(Math.sqrt(1 / FAN_IN)),
  randomNormal: { deviation: 0.05, bound: Number.POSITIVE_INFINITY },
  zeros: { deviation: 0, bound: 0 },
  ones: { deviation: 0, bound: 1 },
};

function uniform(bound: number) {
  return { deviation: bound / Math.sqrt(3), bound };
}

/** Cut at two deviations of the uncut distribution, which Keras widens to keep the variance. */
function truncated(deviation: number) {
  return { deviation, bound: (2 * deviation) / 0.8796 };
}

function kernelOf(kernelInitializer: Initializer, seed: number): Float32Array {
  const plan = planOf([FAN_IN], [newBlock('code', 'code', { size: FAN_OUT, kernelInitializer })]);
  return Float32Array.from(initialState(plan, sgd, seed).get('code/kernel')?.data ?? []);
}

describe('initialState', () => {
  it.each(INITIALIZERS)('draws %s as Keras does', (initializer) => {
    const weights = kernelOf(initializer, 1);
    expect(weights).toHaveLength(FAN_IN * FAN_OUT);
    const mean = weights.reduce((sum, w) => sum + w, 0) / weights.length;
    const variance = weights.reduce((sum, w) => sum + (w - mean) ** 2, 0) / weights.length;
    const { deviation, bound } = expected[initializer];
    expect(Math.sqrt(variance)).toBeGreaterThanOrEqual(deviation * 0.98);
    expect(Math.sqrt(variance)).toBeLessThanOrEqual(deviation * 1.02);
    expect(mean).toBeCloseTo(initializer === 'ones' ? 1 : 0, 2);
    expect(weights.every((w) => Math.abs(w) <= bound)).toBe(true);
  });

  it('repeats for a seed and differs for another, and from weight to weight', () => {
    expect(kernelOf('glorotUniform', 1)).toEqual(kernelOf('glorotUniform', 1));
    expect(kernelOf('glorotUniform', 2)).not.toEqual(kernelOf('glorotUniform', 1));
    const plan = planOf([4], [newBlock('code', 'code', { size: 4 })]);
    const state = initialState(plan, sgd, 1);
    expect(state.get('code/kernel')?.data).not.toEqual(state.get('code′/kernel')?.data);
  });

  it('starts slots at zero and the powers at the betas', () => {
    const plan = convPlan();
    const state = initialState(plan, { type: 'adam', beta1: 0.8, beta2: 0.99, epsilon: 1e-7 }, 1);
    expect(state.get('optimizer/beta1Power')).toMatchObject({ shape: [], data: Float32Array.of(0.8) });
    expect(state.get('optimizer/beta2Power')).toMatchObject({ shape: [], data: Float32Array.of(0.99) });
    const kernel = state.get('conv-1/kernel');
    for (const role of ['m', 'v']) {
      const slot = state.get(`conv-1/kernel:${role}`);
      expect(slot?.shape).toEqual(kernel?.shape);
      expect(slot?.data.every((x) => x === 0)).toBe(true);
    }
  });
});
