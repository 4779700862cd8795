import { beforeAll, describe, expect, it } from 'vitest';
import type { Layer, Plan } from '../../shared/plan/plan';
import { valueCount } from '../../shared/tensors/shape';
import type { Executor, Tensor } from '../execute/executor';
import { enginesHere } from '../execute/fixtures/engines-here';
import { expectTrueGradients, openPlain, plain, plainSamples } from './fixtures/central-differences';
import { groupedPlan } from './fixtures/plans';
import { initialState } from './initial-state';

const grouped = groupedPlan();
const whole = groupedPlan({ two: 1, each: 1 });

/**
 * The kernel of a layer as one without groups has it: zero wherever a filter sees no channel of its group. What comes into a
 * transposed convolution through a skip lies behind what the decoder brings, each part with channels of every group.
 */
function ungrouped({ params, mirrored, inputShape, outputShape }: Layer, { shape, data }: Tensor): Tensor {
  const groups = Number(params.groups ?? 1);
  const [rows = 0, columns = 0, each = 0, filters = 0] = shape;
  const channels = each * groups;
  const perGroup = filters / groups;
  const parts = mirrored ? (inputShape.at(-1) ?? 0) / Number(params.filters) : 1;
  const perPart = perGroup / parts;
  expect(channels).toBe((mirrored ? outputShape : inputShape).at(-1));
  const full = new Float32Array(rows * columns * channels * filters);
  data.forEach((value, i) => {
    const filter = i % filters;
    const channel = Math.floor(i / filters) % each;
    const place = Math.floor(i / filters / each);
    const group = Math.floor(filter / perGroup);
    const part = Math.floor((filter % perGroup) / perPart);
    const own = part * (filters / parts) + group * perPart + (filter % perPart);
    full[(place * channels + group * each + channel) * filters + own] = Number(value);
  });
  return { dtype: 'float32', shape: [rows, columns, channels, filters], data: full };
}

async function reconstructions(executor: Executor, plan: Plan, state: ReadonlyMap<string, Tensor>) {
  const session = await openPlain(executor, plan, state);
  const { outputs } = await session.run('reconstruct', { batch: plainSamples(plan) });
  await session.dispose();
  return Array.from(outputs.reconstructions?.data ?? []);
}

describe('convolutions in groups', () => {
  let executors: Executor[];
  beforeAll(async () => {
    executors = await Promise.all(enginesHere('grouped convolutions').map(([, create]) => create()));
  });

  it('have as many times fewer weights', () => {
    const kernels = (plan: Plan, block: string) =>
      plan.layers
        .filter(({ blockId }) => blockId === block)
        .map(({ weights }) => valueCount(weights[0]?.shape ?? []));
    expect(kernels(grouped, 'conv-2').map((count) => count * 2)).toEqual(kernels(whole, 'conv-2'));
    expect(kernels(grouped, 'conv-3').map((count) => count * 6)).toEqual(kernels(whole, 'conv-3'));
  });

  it('give what whole ones give whose kernels are zero between groups', async () => {
    const state = initialState(grouped, plain, 1);
    const spread = new Map(state);
    for (const layer of grouped.layers.filter(({ type }) => type === 'conv')) {
      const name = `${layer.id}/kernel`;
      const kernel = state.get(name);
      if (!kernel) throw new Error(`no ${name}`);
      spread.set(name, ungrouped(layer, kernel));
    }
    for (const executor of executors) {
      const [mine, others] = [
        await reconstructions(executor, grouped, state),
        await reconstructions(executor, whole, spread),
      ];
      const worst = Math.max(...mine.map((x, i) => Math.abs(x - Number(others[i]))));
      expect(worst, executor.describe().name).toBeLessThan(1e-5);
    }
  });

  it('have true gradients: central differences to 1e-3', async () => {
    for (const executor of executors) await expectTrueGradients(executor, grouped);
  });
});
