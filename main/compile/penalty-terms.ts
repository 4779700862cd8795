import type { Plan } from '../../shared/plan/plan';
import type { Value } from '../ops/program';
import { activityPenaltyOf } from './activity-penalties';
import { divergenceTerm } from './code-divergence';
import { type Branch, contractionOf } from './contraction';
import type { ProgramBuilder } from './program-builder';
import { weightPenaltyOf } from './weight-penalties';

/** What may be charged for in a training step, beside the error of the reconstruction. */
type PenaltyTerm = 'activity' | 'contraction' | 'divergence' | 'weights';

/**
 * What a batch is charged for beside its error: numbers to be added to the loss, by name; none where nothing is.
 *
 * @param branches what every layer gives out for each branch of the batch
 * @param batchSize of the whole batch, which these may be a part of
 */
export function penaltyTerms(
  build: ProgramBuilder,
  plan: Plan,
  branches: readonly Branch[],
  batchSize: number,
): Partial<Record<PenaltyTerm, Value>> {
  const layers = branches.map((branch) => branch.layers);
  const activity = activityPenaltyOf(build, plan, layers, batchSize);
  const contraction = contractionOf(build, plan, branches, batchSize);
  const divergence = divergenceTerm(build, plan, layers, batchSize);
  const share = layers.reduce((sum, values) => sum + rowCount(values), 0) / batchSize;
  const weights = weightPenaltyOf(build, plan, share);
  return {
    ...(activity && { activity }),
    ...(contraction && { contraction }),
    ...(divergence && { divergence }),
    ...(weights && { weights }),
  };
}

/** How many samples of a batch went through a branch. */
function rowCount(layers: Branch['layers']): number {
  const [first] = layers.values();
  return first?.shape[0] ?? 0;
}
