import { isFrozen } from '../../shared/blocks/freezing';
import type { WeightSpec } from '../../shared/blocks/layer-ops';
import { rateFactorOf } from '../../shared/blocks/rate-factor';
import type { Plan } from '../../shared/plan/plan';
import type { StateSpec } from '../ops/program';
import { weightName } from './lower-plan';

/** The state tensors of a plan's weights, in the order of its layers: trainable ones, and what layers keep by themselves. */
export function weightState(plan: Plan): StateSpec[] {
  return weightsOf(plan, () => true);
}

/** Those that the optimizer changes: not those of frozen layers. */
export function trainableState({ layers }: Plan): StateSpec[] {
  return weightsOf(
    { layers: layers.filter((layer) => !isFrozen(layer)) },
    ({ trainable = true }) => trainable,
  );
}

/** By how much the learning rate is multiplied for those that it is multiplied for; a kernel that is shared goes by its owner. */
export function rateFactors({ layers }: Plan): ReadonlyMap<string, number> {
  const factors = layers.flatMap((layer) =>
    weightsOf({ layers: [layer] }, () => true).map(({ name }) => [name, rateFactorOf(layer)] as const),
  );
  return new Map(factors.filter(([, factor]) => factor !== 1));
}

function weightsOf({ layers }: Pick<Plan, 'layers'>, wanted: (weight: WeightSpec) => boolean): StateSpec[] {
  return layers.flatMap(({ id, weights }) =>
    weights.filter(wanted).map(({ name, shape }) => ({ name: weightName(id, name), shape })),
  );
}
