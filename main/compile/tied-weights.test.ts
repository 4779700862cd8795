import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../shared/plan/plan';
import type { Executor, Tensor } from '../execute/executor';
import { enginesHere } from '../execute/fixtures/engines-here';
import { expectTrueGradients, openPlain, plain, plainSamples } from './fixtures/central-differences';
import { tieablePlan } from './fixtures/plans';
import { initialState } from './initial-state';
import { trainableState } from './weight-state';

const every = ['code', 'conv-1', 'conv-2', 'dense-1', 'residual-1'];

async function reconstructionsOf(executor: Executor, plan: Plan, state: ReadonlyMap<string, Tensor>) {
  const session = await openPlain(executor, plan, state);
  const { outputs } = await session.run('reconstruct', { batch: plainSamples(plan) });
  await session.dispose();
  return Array.from(outputs.reconstructions?.data ?? []);
}

/** [rows, columns] to [columns, rows]. */
function transposed({ shape: [rows = 0, columns = 0], data }: Tensor): Tensor {
  const turned = Float32Array.from({ length: data.length }, (_, i) => {
    return Number(data[(i % rows) * columns + Math.floor(i / rows)]);
  });
  return { dtype: 'float32', shape: [columns, rows], data: turned };
}

describe('tied weights', () => {
  const tied = tieablePlan(every);
  const free = tieablePlan([]);
  let executors: Executor[];
  beforeAll(async () => {
    executors = await Promise.all(enginesHere('tied weights').map(([, create]) => create()));
  });
  afterAll(() => {
    executors = [];
  });

  it('have no state of their own in the twin but its biases', () => {
    const names = trainableState(tied).map(({ name }) => name);
    expect(names.filter((name) => name.includes('′'))).toEqual([
      ...['code′/bias', 'dense-1′/bias', 'residual-1′/bias-1', 'residual-1′/bias-2'],
      ...['conv-2′/bias', 'conv-1′/bias'],
    ]);
    expect(tied.parameterCount).toBeLessThan(0.6 * free.parameterCount);
  });

  it('reconstruct as free twins do whose kernels are the encoder’s, transposed', async () => {
    const state = initialState(tied, plain, 1);
    const of = (name: string): Tensor => {
      const tensor = state.get(name);
      if (!tensor) throw new Error(`no ${name}`);
      return tensor;
    };
    const copied = new Map([
      ...state,
      ['code′/kernel', transposed(of('code/kernel'))],
      ['dense-1′/kernel', transposed(of('dense-1/kernel'))],
      // A transposed convolution's kernel has the convolution's own layout; two of them run the other way round.
      ['conv-1′/kernel', of('conv-1/kernel')],
      ['conv-2′/kernel', of('conv-2/kernel')],
      ['residual-1′/kernel-1', of('residual-1/kernel-2')],
      ['residual-1′/kernel-2', of('residual-1/kernel-1')],
    ] as const);
    for (const executor of executors) {
      const [mine, others] = [
        await reconstructionsOf(executor, tied, state),
        await reconstructionsOf(executor, free, copied),
      ];
      const worst = Math.max(...mine.map((x, i) => Math.abs(x - Number(others[i]))));
      expect(worst, executor.describe().name).toBeLessThan(1e-5);
    }
  });

  it('add up the gradients of both uses: central differences to 1e-3', async () => {
    for (const executor of executors) await expectTrueGradients(executor, tied);
  });
});
