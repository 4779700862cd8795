import { type Shape, valueCount } from '../../shared/tensors/shape';
import type { ForeignDense } from './foreign-layer';
import type { JoinedLayer } from './join-borders';

/** Where the code of a model may be. */
export interface CodeCandidate {
  /** With a code put in, where the model has none that is dense. */
  readonly layers: readonly JoinedLayer[];
  /** Of the code in these layers. */
  readonly index: number;
  /** How many values were put in to stand for themselves; 0 where the code is the model's own. */
  readonly putIn: number;
}

/** The most values that a code put in may have: it takes their square of weights, twice. */
const LARGEST_PUT_IN = 4_096;

/**
 * The places at which the code may be, the likeliest first: where the file says that the encoder ends, the narrowest layers,
 * the middle one. Where the narrowest is no dense layer, which our codes are, one that hands on every value as it is is put
 * behind it, and its mirror.
 */
export function codeCandidates(layers: readonly JoinedLayer[]): CodeCandidate[] {
  const changing = layers.flatMap((layer, index) => (CHANGES_WIDTH.has(layer.kind) ? [index] : []));
  const lastOfEncoder = changing.findLast((index) => layers[index]?.half === 'encoder');
  const hasHalves = layers.some(({ half }) => half === 'decoder');
  if (lastOfEncoder !== undefined && hasHalves) return [candidateAt(layers, lastOfEncoder)].flat();
  const widths = changing.map((index) => valueCount(layers[index]?.outputShape ?? []));
  const narrowest = Math.min(...widths);
  const ties = changing.filter((_, place) => widths[place] === narrowest);
  const weighted = changing.filter((index) => WEIGHTED.has(layers[index]?.kind ?? ''));
  const middle = weighted[weighted.length / 2 - 1];
  const places = [...ties, ...(middle !== undefined && !ties.includes(middle) ? [middle] : [])];
  return places.flatMap((index) => candidateAt(layers, index));
}

const CHANGES_WIDTH: ReadonlySet<string> = new Set([
  'dense',
  'conv',
  'conv-transpose',
  'max-pool',
  'average-pool',
  'resample',
]);
const WEIGHTED: ReadonlySet<string> = new Set(['dense', 'conv', 'conv-transpose']);

function candidateAt(layers: readonly JoinedLayer[], index: number): CodeCandidate[] {
  const layer = layers[index];
  if (!layer) return [];
  const isLast = !layers.slice(index + 1).some(({ kind }) => CHANGES_WIDTH.has(kind));
  if (isLast) return [];
  if (layer.kind === 'dense') return [{ layers, index, putIn: 0 }];
  const width = valueCount(layer.outputShape);
  if (width > LARGEST_PUT_IN) return [];
  // Behind what acts on the values that it hands on.
  const next = layers.findIndex(({ kind }, at) => at > index && CHANGES_WIDTH.has(kind));
  const code = identity('code', layer.outputShape);
  const twin = identity('code’s mirror', layer.outputShape);
  return [
    { layers: [...layers.slice(0, next), code, twin, ...layers.slice(next)], index: next, putIn: width },
  ];
}

function identity(name: string, shape: Shape): ForeignDense {
  const width = valueCount(shape);
  const kernel = new Float32Array(width * width);
  for (let value = 0; value < width; value++) kernel[value * (width + 1)] = 1;
  const bias = new Float32Array(width);
  return { kind: 'dense', name, type: 'put in', inputShape: [width], outputShape: [width], kernel, bias };
}
