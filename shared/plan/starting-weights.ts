import { type Shape, valueCount } from '../tensors/shape';
import { givenWeights, isBias, matchLayers, weighted } from './match-layers';
import type { Layer, Plan } from './plan';

/** Which layers are given another model's weights: a half (the code is the encoder's), all, or those of these ids. */
export type WeightsPart = 'whole' | 'encoder' | 'decoder' | readonly string[];

/** What a layer begins a run with: another model's weights, those of this drawing's own run, or fresh ones. */
export interface LayerStart {
  readonly id: string;
  readonly outcome: 'loaded' | 'kept' | 'new';
  /** The layer of the other model, or of the earlier run, whose weights it takes; null where they are new. */
  readonly from: string | null;
  /** How that was found. */
  readonly by: 'name' | 'place' | null;
  /** Its biases that begin anew all the same, as the other layer has none. */
  readonly without: readonly string[];
  /** Where it was to be loaded and is not: the shape of the kernel that the other model's layer of its name has, null where there is none. */
  readonly unlike?: Shape | null;
  /** How many numbers it has. */
  readonly count: number;
}

interface Sources {
  /** The other model, and what of it is wanted. */
  readonly model?: { readonly plan: Pick<Plan, 'layers'>; readonly part: WeightsPart };
  /** The network that this drawing was when it was trained last. */
  readonly own?: Pick<Plan, 'layers'>;
}

/** What each layer with weights of its own begins with, in the order they run. */
export function startOf(plan: Pick<Plan, 'layers'>, { model, own }: Sources): readonly LayerStart[] {
  const loadable = model && matchLayers(plan, model.plan);
  const keepable = own && matchLayers(plan, own);
  const namesakes = new Map(model?.plan.layers.map((layer) => [layer.id, layer]));
  return weighted(plan).map((layer): LayerStart => {
    const wanted = model !== undefined && isPart(layer, model.part);
    const found = wanted ? loadable?.get(layer.id) : undefined;
    const partner = found ?? keepable?.get(layer.id);
    const count = layer.weights.reduce((sum, { shape }) => sum + valueCount(shape), 0);
    const missed = wanted && !found && { unlike: namesakes.get(layer.id)?.weights[0]?.shape ?? null };
    const named = { id: layer.id, count, ...missed };
    if (!partner) return { ...named, outcome: 'new', from: null, by: null, without: [] };
    const given = new Set(givenWeights(partner.layer).map(({ name }) => name));
    const without = layer.weights.filter(({ name }) => isBias({ name }) && !given.has(name));
    return {
      ...named,
      outcome: found ? 'loaded' : 'kept',
      from: partner.layer.id,
      by: partner.by,
      without: without.map(({ name }) => name),
    };
  });
}

/** Whether a layer is of a part. */
export function isPart({ id, half }: Pick<Layer, 'id' | 'half'>, part: WeightsPart): boolean {
  if (part === 'whole') return true;
  if (typeof part === 'string') return (half === 'decoder') === (part === 'decoder');
  return part.includes(id);
}

/** How many numbers of a network come from where. */
export function startCounts(starts: readonly LayerStart[]): Record<LayerStart['outcome'], number> {
  const counts = { loaded: 0, kept: 0, new: 0 };
  for (const { outcome, count } of starts) counts[outcome] += count;
  return counts;
}
