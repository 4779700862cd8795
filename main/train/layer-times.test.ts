import { describe, expect, it } from 'vitest';
import { emptyDocument } from '../../shared/document/new-document';
import type { Plan } from '../../shared/plan/plan';
import {
  activationsApartPlan,
  averagePlan,
  branchingPlan,
  convPlan,
  densePlan,
  noisyPlan,
  normalisedPlan,
  residualPlan,
  seriesPlan,
  skipsPlan,
  tieablePlan,
} from '../compile/fixtures/plans';
import { initialState } from '../compile/initial-state';
import { enginesHere } from '../execute/fixtures/engines-here';
import { layerTimes } from './layer-times';

const plans: Readonly<Record<string, Plan>> = {
  dense: densePlan(),
  conv: convPlan(),
  'activations apart': activationsApartPlan(),
  residual: residualPlan(),
  skips: skipsPlan(),
  tied: tieablePlan(['conv-1', 'residual-1', 'dense-1']),
  branching: branchingPlan(),
  noisy: noisyPlan(),
  series: seriesPlan(),
  average: averagePlan(),
  normalised: normalisedPlan(),
};

describe.each(enginesHere('the time of layers'))('on %s', (_, create) => {
  it.each(Object.entries(plans))('measures every layer by itself: %s', async (_name, plan) => {
    const executor = await create();
    const document = emptyDocument();
    const weights = initialState(plan, { type: 'sgd', momentum: 0 }, 1);
    const times = await layerTimes(executor, { plan, batchSize: 8, document }, weights, async () => true);
    expect(times?.map(({ id }) => id)).toEqual(plan.layers.slice(1).map(({ id }) => id));
    expect(times?.every(({ milliseconds, share }) => milliseconds >= 0 && share >= 0 && share <= 1)).toBe(
      true,
    );
  });

  it('finds a layer of many products the slowest', async () => {
    const executor = await create();
    const plan = densePlan();
    const document = emptyDocument();
    const weights = initialState(plan, { type: 'sgd', momentum: 0 }, 1);
    const times = await layerTimes(executor, { plan, batchSize: 4096, document }, weights, async () => true);
    const shareOf = (id: string) => times?.find((time) => time.id === id)?.share ?? 0;
    expect(shareOf('dense-1')).toBeGreaterThan(shareOf('output'));
    expect(times?.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
  });

  it('stops where it is called off', async () => {
    const executor = await create();
    const plan = densePlan();
    const weights = initialState(plan, { type: 'sgd', momentum: 0 }, 1);
    const prepared = { plan, batchSize: 8, document: emptyDocument() };
    expect(await layerTimes(executor, prepared, weights, async () => false)).toBeNull();
  });
});
