import { isFrozen } from '../../shared/blocks/freezing';
import type { Plan } from '../../shared/plan/plan';
import type { Program, StateSpec, Value } from '../ops/program';
import { allAxes } from '../ops/shape-rules';
import { needsWholeBatch } from './activity-penalties';
import { assignment } from './assignment';
import { augmented } from './augmentation';
import { divided, networkOn, residentSamples } from './batch-network';
import { batchParts } from './batch-parts';
import { targetsOf } from './colour-target';
import type { CompileOptions } from './compile-options';
import { clipByGlobalNorm } from './gradient-clipping';
import { gradientsOf } from './gradients';
import { weightedLosses } from './losses';
import { assignedWeights } from './lower-plan';
import { optimizerUpdates } from './optimizer-updates';
import { penaltyTerms } from './penalty-terms';
import { ProgramBuilder } from './program-builder';
import { rateFactors } from './weight-state';

/** A step of training on a batch of this size, as `compile` tells it. @param weights that the optimizer changes */
export function stepProgram(
  name: string,
  batchSize: number,
  plan: Plan,
  weights: readonly StateSpec[],
  options: CompileOptions,
): Program {
  const { augmentation, clipNorm, partsApart } = options;
  // The norm is that of the whole batch's gradients, as are some penalties; a batch's own statistics are of all its samples.
  const isWhole = clipNorm !== undefined || needsWholeBatch(plan);
  const isOne = keepsByItself(plan) || (isWhole && partsApart);
  const dividing = isOne ? { ...options, parts: 1 } : options;
  return divided(batchSize, dividing, (size, branches) => {
    const build = new ProgramBuilder();
    // The target is moved as the sample is, and corrupted is what has been moved.
    const target = augmented(build, augmentation, residentSamples(build, plan, options, size));
    const learningRate = build.feed('learningRate', []);
    const parts = batchParts(build, target, branches).map(({ samples: part, ...rows }) => {
      const { layers, prediction } = networkOn(build, plan, part, { training: true, rows });
      // The loss is the mean over the batch: each part's own mean, weighed by its share. Gradients add up by themselves.
      const losses = build.inLayer('output', () => {
        const meanOf = (x: Value) => build.add('reduceMean', [x], { axes: allAxes(x.shape.length) });
        const share = (part.shape[0] ?? 0) / batchSize;
        const wanted = targetsOf(build, plan, part);
        return weightedLosses(build, plan.losses, prediction, wanted, meanOf).map((mean) =>
          share === 1 ? mean : build.add('mul', [mean, build.constant(share)]),
        );
      });
      return { layers, rows, losses };
    });
    const sum = (values: readonly Value[]) => build.inLayer('output', () => build.sum(values));
    const each = plan.losses.map((_, index) => sum(parts.flatMap(({ losses }) => losses[index] ?? [])));
    const penalties = penaltyTerms(build, plan, parts, batchSize);
    const loss = sum([...each, ...Object.values(penalties)]);
    const values = weights.map((weight) => build.read(weight.name, weight.shape));
    const found = gradientsOf(build, loss, values);
    const clipping = clipNorm === undefined ? null : clipByGlobalNorm(build, found, clipNorm);
    const list = clipping?.clipped ?? found;
    const guard = [loss, ...(clipping ? [clipping.norm] : []), ...list];
    const gradients = new Map(weights.map((weight, i) => [weight.name, list[i] ?? loss]));
    const rates = { learningRate, factors: rateFactors(plan) };
    const optimized = optimizerUpdates(build, options.optimizer, gradients, rates);
    const kept = parts.flatMap(({ layers }) => assignedWeights(plan.layers, layers));
    const updates = [...optimized, ...kept.map(([state, value]) => assignment(state, value))];
    const names = plan.losses.map((term) => (each.length > 1 ? term.loss : 'reconstruction'));
    const terms = { ...Object.fromEntries(each.map((value, index) => [names[index], value])), ...penalties };
    const told = Object.keys(terms).length === 1 ? {} : terms;
    return build.finish(name, { outputs: { loss, ...told }, guard, updates });
  });
}

/** Whether a layer keeps something of each batch, as batch normalisation does. */
function keepsByItself({ layers }: Plan): boolean {
  return layers.some((layer) => !isFrozen(layer) && layer.weights.some(({ trainable = true }) => !trainable));
}
