import { LOG_VARIANCE_KEPT, MEAN } from '../../shared/blocks/code-rule';
import { isVariational } from '../../shared/blocks/variational-parameters';
import type { Layer, Plan } from '../../shared/plan/plan';
import { valueCount } from '../../shared/tensors/shape';
import type { Value } from '../ops/program';
import { keptName, type LayerValues, outputOf } from './lower-plan';
import type { ProgramBuilder } from './program-builder';

/** The feed of a step that says how much the divergence counts. */
export const BETA = 'beta';

/** The code of a plan where it is variational, else null. */
function variationalCodeOf({ layers, codeIndex }: Plan): Layer | null {
  const code = layers[codeIndex];
  return code && isVariational(code.params) ? code : null;
}

/** What β comes to, and over how many epochs it grows to that; null where the code is not variational. */
export function betaOf(plan: Plan): { readonly beta: number; readonly warmUp: number } | null {
  const code = variationalCodeOf(plan);
  return code && { beta: Number(code.params.beta), warmUp: Number(code.params.betaWarmUp) };
}

/**
 * The divergence of each sample's code from the standard normal, each of its values by itself:
 * ½ (μ² + σ² − ln σ² − 1) (Kingma & Welling 2014, appendix B).
 *
 * @returns float32 [batch, code size]; null where the code is not variational
 */
export function codeDivergence(build: ProgramBuilder, plan: Plan, values: LayerValues): Value | null {
  const code = variationalCodeOf(plan);
  if (!code) return null;
  return build.inLayer(code.id, () => {
    const mean = outputOf(values, keptName(code, MEAN));
    const logVariance = outputOf(values, keptName(code, LOG_VARIANCE_KEPT));
    const squares = build.add('add', [build.add('square', [mean]), build.add('exp', [logVariance])]);
    const rest = build.add('add', [logVariance, build.constant(1)]);
    return build.add('mul', [build.add('sub', [squares, rest]), build.constant(0.5)]);
  });
}

/**
 * What a batch is charged for its codes' divergence, fed β times the mean over samples. The loss is a mean over a sample's
 * values, so this is divided by their number: with β = 1 the two keep the proportion of the evidence lower bound.
 *
 * @param branches what every layer gives out for each branch of the batch
 * @param batchSize of the whole batch, which these may be a part of
 */
export function divergenceTerm(
  build: ProgramBuilder,
  plan: Plan,
  branches: readonly LayerValues[],
  batchSize: number,
): Value | null {
  const code = variationalCodeOf(plan);
  if (!code) return null;
  const beta = build.feed(BETA, []);
  return build.inLayer(code.id, () => {
    const sums = branches.flatMap((values) => {
      const divergence = codeDivergence(build, plan, values);
      return divergence ? [build.add('reduceSum', [divergence], { axes: [0, 1] })] : [];
    });
    const sum = build.sum(sums);
    const share = build.constant(1 / (batchSize * valueCount(plan.targetShape)));
    return build.add('mul', [build.add('mul', [sum, share]), beta]);
  });
}

/** The loss of every sample, [batch], with what its code's divergence adds at the full β. */
export function withDivergence(
  build: ProgramBuilder,
  plan: Plan,
  losses: Value,
  divergence: Value | null,
): Value {
  const { beta = 0 } = betaOf(plan) ?? {};
  if (!divergence || beta === 0) return losses;
  const sums = build.add('reduceSum', [divergence], { axes: [1] });
  return build.add('add', [
    losses,
    build.add('mul', [sums, build.constant(beta / valueCount(plan.targetShape))]),
  ]);
}
