import { isCharged } from '../../shared/blocks/penalty-parameters';
import { penaltyOf } from '../../shared/penalties/catalogue';
import type { PenaltyDefinition } from '../../shared/penalties/penalty';
import type { Layer, Plan } from '../../shared/plan/plan';
import { valueCount } from '../../shared/tensors/shape';
import type { Value } from '../ops/program';
import { allAxes } from '../ops/shape-rules';
import { arithmetic } from './arithmetic';
import { type LayerValues, outputOf } from './lower-plan';
import type { ProgramBuilder } from './program-builder';

interface Charge {
  readonly layer: Layer;
  readonly penalty: PenaltyDefinition;
}

/** The layers of a plan whose units are charged for what they give out. */
function chargesOf({ layers }: Plan): Charge[] {
  return layers.flatMap((layer) => {
    const penalty = isCharged(layer.params) ? penaltyOf(String(layer.params.activityPenalty)) : null;
    return penalty ? [{ layer, penalty }] : [];
  });
}

/** Whether a plan's loss is of a batch as a whole, so that its parts can't be Programs of their own. */
export function needsWholeBatch(plan: Plan): boolean {
  return chargesOf(plan).some(({ penalty }) => penalty.of === 'means');
}

/**
 * What all units of a batch are charged, as a number that is added to the loss: of each sample the sum over units, as
 * Keras' activity regularisers.
 *
 * @param branches what every layer gives out for each branch of the batch
 * @param batchSize of the whole batch, which these may be a part of
 * @returns null where nothing is charged for
 */
export function activityPenaltyOf(
  build: ProgramBuilder,
  plan: Plan,
  branches: readonly LayerValues[],
  batchSize: number,
): Value | null {
  const charges = chargesOf(plan).map(({ layer, penalty }) =>
    build.inLayer(layer.id, () => {
      const activities = branches.map((values) => outputOf(values, layer.id));
      const cost = costOf(build, { layer, penalty }, activities, batchSize);
      return build.add('mul', [cost, build.constant(Number(layer.params.activityWeight))]);
    }),
  );
  return charges.length === 0 ? null : build.sum(charges);
}

/** What a layer's units are charged before the penalty is weighed. */
function costOf(
  build: ProgramBuilder,
  { layer, penalty }: Charge,
  activities: readonly Value[],
  batchSize: number,
): Value {
  const ops = arithmetic(build);
  const target = Number(layer.params.activityTarget);
  const total = (x: Value) => build.add('reduceSum', [x], { axes: allAxes(x.shape.length) });
  if (penalty.of === 'values') {
    const costs = activities.map((activity) => total(penalty.lower(ops, activity, target)));
    return build.add('mul', [build.sum(costs), build.constant(1 / batchSize)]);
  }
  const positions = valueCount(layer.outputShape.slice(0, -1));
  const sums = activities.map((activity) =>
    build.add('reduceSum', [activity], { axes: allAxes(activity.shape.length).slice(0, -1) }),
  );
  const means = build.add('mul', [build.sum(sums), build.constant(1 / (batchSize * positions))]);
  return total(penalty.lower(ops, means, target));
}
