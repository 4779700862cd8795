import { isFrozen } from '../../shared/blocks/freezing';
import type { WeightSpec } from '../../shared/blocks/layer-ops';
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

function weightsOf({ layers }: Pick<Plan, 'layers'>, wanted: (weight: WeightSpec) => boolean): StateSpec[] {
  return layers.flatMap(({ id, weights }) =>
    weights.filter(wanted).map(({ name, shape }) => ({ name: weightName(id, name), shape })),
  );
}
