import { documentHash } from '../../shared/document/document-text';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { StartedFrom } from '../../shared/ipc/start-schemas';
import { givenWeights, weighted } from '../../shared/plan/match-layers';
import type { Plan } from '../../shared/plan/plan';
import { type LayerStart, startCounts, startOf, type WeightsPart } from '../../shared/plan/starting-weights';
import { transposedArray } from '../../shared/tensors/transposed-array';
import { weightName } from '../compile/lower-plan';
import type { Tensor } from '../execute/executor';
import { planOfModel } from './model-plan';
import type { TrainedModel } from './trained-model';

/** Trained weights that a run may begin with; where both have some for a layer, the model's are taken. */
export interface WeightsOrigin {
  /** Another model, and which of this drawing's layers are to have its weights. */
  readonly model?: { readonly model: TrainedModel; readonly part: WeightsPart };
  /** The network that this drawing was when it was trained last, and its weights by name. */
  readonly own?: { readonly plan: Plan; readonly weights: ReadonlyMap<string, Tensor> };
}

/** What a run begins with in place of fresh weights. */
export interface StartingPoint {
  /** By the names of the run's state; the optimizer is always fresh, and so is what is not named. */
  readonly weights: ReadonlyMap<string, Tensor>;
  /** Layer by layer. */
  readonly layers: readonly LayerStart[];
  readonly told: StartedFrom;
}

/**
 * Finds the weights that the layers of a plan begin with (`startOf`).
 *
 * @throws ProblemError where a layer is asked for that the plan does not have, or no layer fits the model
 */
export function startingPoint(plan: Plan, { model, own }: WeightsOrigin): StartingPoint {
  const source = model && { plan: planOfModel(model.model), part: model.part };
  if (source) assertKnown(plan, source.part);
  const layers = startOf(plan, { ...(source && { model: source }), ...(own && { own: own.plan }) });
  const counts = startCounts(layers);
  if (model && counts.loaded === 0) {
    throw new ProblemError(problem('WEIGHTS_NONE_FIT', { model: model.model.document.name }));
  }
  const specs = new Map(plan.layers.map(({ id, weights }) => [id, weights]));
  const weights = new Map<string, Tensor>();
  for (const { id, outcome, from } of layers) {
    const [tensors, { layers: others }] =
      outcome === 'loaded' ? [model?.model.weights, source?.plan ?? plan] : [own?.weights, own?.plan ?? plan];
    const partner = others.find((layer) => layer.id === from);
    if (!partner || !tensors) continue;
    const given = new Map(givenWeights(partner).map((weight) => [weight.name, weight]));
    for (const { name } of specs.get(id) ?? []) {
      const { layerId, weight, transposed } = given.get(name) ?? {};
      const tensor = layerId && weight ? tensors.get(weightName(layerId, weight)) : undefined;
      if (tensor) weights.set(weightName(id, name), transposed ? turned(tensor) : tensor);
    }
  }
  const { name } = model?.model.document ?? {};
  const hash = model && documentHash(model.model.document);
  const told = model && { model: { name: name ?? '', hash: hash ?? '', part: partOf(model.part) } };
  return { weights, layers, told: { ...told, ...counts } };
}

/** A matrix with its axes exchanged. */
function turned({ shape, data }: Tensor): Tensor {
  return { dtype: 'float32', ...transposedArray(shape, Float32Array.from(data), [1, 0]) };
}

function partOf(part: WeightsPart) {
  return typeof part === 'string' ? part : [...part];
}

/** @throws ProblemError where a layer is named that the plan does not have */
export function assertKnown(plan: Plan, part: WeightsPart): void {
  if (typeof part === 'string') return;
  const known = weighted(plan).map(({ id }) => id);
  for (const block of part) {
    if (known.includes(block)) continue;
    throw new ProblemError(problem('WEIGHTS_UNKNOWN_BLOCK', { block, known: known.join(', ') }));
  }
}
