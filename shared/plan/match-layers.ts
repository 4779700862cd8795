import { blockOf } from '../blocks/catalogue';
import type { WeightSpec } from '../blocks/layer-ops';
import { type Shape, sameShape } from '../tensors/shape';
import { nodeOwner, twinId } from './mirror';
import type { Layer, Plan } from './plan';

type Layers = Pick<Plan, 'layers'>;

/** A layer of another plan whose weights fit one of this plan. */
export interface LayerPartner {
  readonly layer: Layer;
  /** Whether it has the same name and place in its half, or was found by its place alone. */
  readonly by: 'name' | 'place';
}

/**
 * For each layer with weights of its own the layer of another plan whose weights fit, by id: the one of the same name where
 * the shapes are the same; for a twin, then, the twin of what fits its block; and of what is left, in the order they run, the
 * longest row of layers with the same shapes. Biases may be wanting on either side. No layer is given twice.
 */
export function matchLayers(plan: Layers, other: Layers): ReadonlyMap<string, LayerPartner> {
  const [own, theirs] = [weighted(plan), weighted(other)];
  const byId = new Map(theirs.map((layer) => [layer.id, layer]));
  const matched = new Map<string, LayerPartner>();
  const taken = new Set<string>();
  const take = (id: string, layer: Layer | undefined, by: LayerPartner['by']) => {
    if (!layer || taken.has(layer.id)) return;
    matched.set(id, { layer, by });
    taken.add(layer.id);
  };
  for (const layer of own) {
    const namesake = byId.get(layer.id);
    if (namesake && fits(layer, namesake)) take(layer.id, namesake, 'name');
  }
  const place = (half: (layer: Layer) => boolean) => {
    const left = own.filter((layer) => half(layer) && !matched.has(layer.id));
    const offered = theirs.filter((layer) => half(layer) && !taken.has(layer.id));
    for (const [mine, found] of longestRow(left, offered)) take(mine.id, found, 'place');
  };
  place(({ half }) => half !== 'decoder');
  for (const layer of own.filter(({ half, id }) => half === 'decoder' && !matched.has(id))) {
    const partner = matched.get(nodeOwner(layer.id).blockId);
    const twin = partner && byId.get(twinId(partner.layer.id));
    if (twin && fits(layer, twin)) take(layer.id, twin, 'place');
  }
  place(({ half }) => half === 'decoder');
  return matched;
}

/** The layers that have weights of their own. */
export function weighted({ layers }: Layers): readonly Layer[] {
  return layers.filter(({ weights }) => weights.length > 0);
}

/** Whether a weight is one that layers may do without. */
export function isBias({ name }: Pick<WeightSpec, 'name'>): boolean {
  return name === 'bias' || name.startsWith('bias-');
}

/** A weight that a layer computes with, by the name that it has as the layer's own. */
export interface GivenWeight {
  readonly name: string;
  readonly shape: Shape;
  /** Where it is kept. */
  readonly layerId: string;
  readonly weight: string;
  /** Whether what is kept is the transposed matrix. */
  readonly transposed: boolean;
}

/** All weights that a layer computes with: its own, and as its own those that it shares with its block. */
export function givenWeights({ id, type, weights, shared }: Layer): readonly GivenWeight[] {
  const own = weights.map(({ name, shape }) => ({
    name,
    shape,
    layerId: id,
    weight: name,
    transposed: false,
  }));
  const tied = blockOf(type)?.tiedMirror;
  if (!shared || !tied) return own;
  const others = shared.weights.map(({ name: weight, shape: kept }) => {
    const { name, transposed } = tied.asOwn(weight);
    const shape = transposed ? kept.toReversed() : kept;
    return { name, shape, layerId: shared.layerId, weight, transposed };
  });
  return [...own, ...others];
}

/** Whether a layer can take all of its weights from another but for its biases; a layer of biases alone, those. */
function fits(layer: Layer, other: Layer): boolean {
  const given = new Map(givenWeights(other).map((weight) => [weight.name, weight.shape]));
  const agree = layer.weights.every(({ name, shape }) => {
    const found = given.get(name);
    return found ? sameShape(shape, found) : isBias({ name });
  });
  return agree && layer.weights.some(({ name }) => given.has(name));
}

/** The longest common row (Wagner & Fischer 1974), each with its partner, in order. */
function longestRow(own: readonly Layer[], theirs: readonly Layer[]): readonly (readonly [Layer, Layer])[] {
  const width = theirs.length + 1;
  const lengths = new Uint16Array((own.length + 1) * width);
  const lookOf = (layer: Layer) => layer.weights.map(({ name, shape }) => `${name} ${shape}`).join();
  const [looks, offers] = [own.map(lookOf), theirs.map(lookOf)];
  const known = new Map<string, boolean>();
  const pair = (i: number, j: number) => {
    const key = `${looks[i]}|${offers[j]}`;
    const answer = known.get(key) ?? fits(own[i]!, theirs[j]!);
    known.set(key, answer);
    return answer;
  };
  for (let i = own.length - 1; i >= 0; i--) {
    for (let j = theirs.length - 1; j >= 0; j--) {
      const skip = Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
      lengths[i * width + j] = pair(i, j) ? Math.max(skip, lengths[(i + 1) * width + j + 1]! + 1) : skip;
    }
  }
  const row: (readonly [Layer, Layer])[] = [];
  for (let i = 0, j = 0; i < own.length && j < theirs.length; ) {
    const here = lengths[i * width + j]!;
    if (pair(i, j) && here === lengths[(i + 1) * width + j + 1]! + 1) row.push([own[i++]!, theirs[j++]!]);
    else if (lengths[(i + 1) * width + j]! === here) i++;
    else j++;
  }
  return row;
}
