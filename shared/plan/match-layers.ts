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

/**
 * The longest common row (Wagner & Fischer 1974), each with its partner, in order. What fits at both beginnings or at both
 * ends belongs together in a longest row, so that the table is only of what lies between.
 */
function longestRow(own: readonly Layer[], theirs: readonly Layer[]): readonly (readonly [Layer, Layer])[] {
  // Whether two layers fit follows from their weights' shapes, of which a drawing has few kinds.
  const [kinds, offered] = [kindsOf(own), kindsOf(theirs)];
  const answers = kinds.first.map((mine) => offered.first.map((other) => fits(mine, other)));
  const pair = (i: number, j: number) => answers[kinds.of[i]!]![offered.of[j]!]!;
  const row: (readonly [Layer, Layer])[] = [];
  const take = (i: number, j: number) => row.push([own[i]!, theirs[j]!]);
  let start = 0;
  while (start < Math.min(own.length, theirs.length) && pair(start, start)) take(start, start++);
  let [endOwn, endTheirs] = [own.length, theirs.length];
  while (Math.min(endOwn, endTheirs) > start && pair(endOwn - 1, endTheirs - 1)) take(--endOwn, --endTheirs);
  const width = endTheirs + 1;
  const lengths = new Uint16Array((endOwn + 1) * width);
  for (let i = endOwn - 1; i >= start; i--) {
    for (let j = endTheirs - 1; j >= start; j--) {
      const skip = Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
      lengths[i * width + j] = pair(i, j) ? Math.max(skip, lengths[(i + 1) * width + j + 1]! + 1) : skip;
    }
  }
  for (let i = start, j = start; i < endOwn && j < endTheirs; ) {
    const here = lengths[i * width + j]!;
    if (pair(i, j) && here === lengths[(i + 1) * width + j + 1]! + 1) take(i++, j++);
    else if (lengths[(i + 1) * width + j]! === here) i++;
    else j++;
  }
  return row;
}

/** Each layer's kind, as a number, and the first layer of every kind: those of one kind compute with weights of the same shapes. */
function kindsOf(layers: readonly Layer[]): {
  readonly of: readonly number[];
  readonly first: readonly Layer[];
} {
  const numbers = new Map<string, number>();
  const first: Layer[] = [];
  const of = layers.map((layer) => {
    const own = layer.weights.map(({ name, shape }) => `${name} ${shape}`);
    const look = [...own, '|', ...givenWeights(layer).map(({ name, shape }) => `${name} ${shape}`)].join();
    const number = numbers.get(look) ?? first.push(layer) - 1;
    numbers.set(look, number);
    return number;
  });
  return { of, first };
}
