import type { AxisWindows, ForeignBorder, ForeignConvolution, ForeignResample } from './foreign-layer';
import { refused } from './refusal';
import type { SettledLayer } from './settle-order';

export type JoinedLayer = Exclude<SettledLayer, ForeignBorder>;

function isBorder(layer: SettledLayer): layer is ForeignBorder {
  return layer.kind === 'pad' || layer.kind === 'crop';
}

/**
 * Convolutions and pools of pictures one pixel high as those of the series that they are: so other programs work on
 * series.
 */
export function asSeries(layers: readonly SettledLayer[]): SettledLayer[] {
  return layers.map((layer): SettledLayer => {
    const [height, ...shape] = layer.inputShape;
    const [made, ...outputShape] = layer.outputShape;
    if (height !== 1 || made !== 1 || shape.length !== 2 || outputShape.length !== 2) return layer;
    const shapes = { inputShape: shape, outputShape };
    switch (layer.kind) {
      case 'conv':
      case 'conv-transpose':
      case 'max-pool':
      case 'average-pool': {
        const [first, ...windows] = layer.windows;
        return first?.kernel === 1 && first.before === 0 ? { ...layer, ...shapes, windows } : layer;
      }
      case 'resample':
        return { ...layer, ...shapes, places: layer.places.slice(1) };
      case 'pad':
      case 'crop':
        return { ...layer, ...shapes, before: layer.before.slice(1), after: layer.after.slice(1) };
      default:
        return { ...layer, ...shapes };
    }
  });
}

/** A scaling between layers as the normalisation that it is, of all channels alike; those at both ends stay what they are. */
export function scalingsBetween(layers: readonly SettledLayer[]): SettledLayer[] {
  const works = ({ kind }: SettledLayer) => kind !== 'rescale';
  const [first, last] = [layers.findIndex(works), layers.findLastIndex(works)];
  return layers.map((layer, index) => {
    if (layer.kind !== 'rescale' || index < first || index > last) return layer;
    const { kind: _, scale, offset, ...base } = layer;
    const one = (value: number) => Float32Array.of(value);
    const numbers = { gamma: one(scale), beta: one(offset), mean: one(0), variance: one(1) };
    return { ...base, kind: 'batch-norm', ...numbers, epsilon: 1e-12, momentum: 0.99 };
  });
}

/**
 * Takes zeros around what a convolution is given into its pads, and borders cut off what a transposed convolution or an
 * enlargement gives into its own size.
 *
 * @throws ProblemError for a border that belongs to neither
 */
export function joinBorders(layers: readonly SettledLayer[]): JoinedLayer[] {
  const joined: JoinedLayer[] = [];
  let pad: ForeignBorder | null = null;
  for (const layer of layers) {
    if (isBorder(layer) && [...layer.before, ...layer.after].every((ends) => ends === 0)) {
      continue;
    }
    if (isBorder(layer) && layer.kind === 'pad') {
      pad = pad ? bothPads(pad, layer) : layer;
      continue;
    }
    if (pad) {
      if (layer.kind !== 'conv') throw refused(pad, 'zeros are put around what is not convolved right after');
      joined.push(paddedConvolution(layer, pad));
      pad = null;
      continue;
    }
    if (isBorder(layer)) {
      const at = joined.findLastIndex(({ kind }) => !PASSES_BORDER.has(kind));
      const maker = joined[at];
      if (maker?.kind === 'conv-transpose') joined[at] = croppedConvolution(maker, layer);
      else if (maker?.kind === 'resample') joined[at] = croppedResample(maker, layer);
      else throw refused(layer, 'it cuts off what neither a transposed convolution nor an upsampling made');
      continue;
    }
    const before = joined.at(-1);
    if (layer.kind === 'resample' && before?.kind === 'resample' && areApart(before, layer)) {
      joined[joined.length - 1] = bothResamples(before, layer);
    } else joined.push(layer);
  }
  if (pad) throw refused(pad, 'zeros are put around what is not convolved right after');
  return joined;
}

/** What acts on every value by itself: it may be cut off before or after. */
const PASSES_BORDER: ReadonlySet<JoinedLayer['kind']> = new Set([
  'activation',
  'batch-norm',
  'dropout',
  'noise',
  'rescale',
]);

function bothPads(first: ForeignBorder, second: ForeignBorder): ForeignBorder {
  const sums = (a: readonly number[], b: readonly number[]) => a.map((value, axis) => value + (b[axis] ?? 0));
  return {
    ...second,
    inputShape: first.inputShape,
    before: sums(first.before, second.before),
    after: sums(first.after, second.after),
  };
}

function paddedConvolution(layer: ForeignConvolution, pad: ForeignBorder): ForeignConvolution {
  const windows = layer.windows.map(
    (axis, index): AxisWindows => ({
      ...axis,
      length: axis.length - (pad.before[index] ?? 0) - (pad.after[index] ?? 0),
      before: axis.before + (pad.before[index] ?? 0),
    }),
  );
  return { ...layer, inputShape: pad.inputShape, windows };
}

function croppedConvolution(layer: ForeignConvolution, crop: ForeignBorder): ForeignConvolution {
  const windows = layer.windows.map(
    (axis, index): AxisWindows => ({
      ...axis,
      length: axis.length - (crop.before[index] ?? 0) - (crop.after[index] ?? 0),
      before: axis.before + (crop.before[index] ?? 0),
    }),
  );
  return { ...layer, outputShape: crop.outputShape, windows };
}

/** Whether two enlargements each leave the other's axis as it is: they are one. */
function areApart(first: ForeignResample, second: ForeignResample): boolean {
  const changes = ({ places }: ForeignResample, axis: number) =>
    places[axis]?.some((place, to) => place !== to);
  const isNearest = first.method === 'nearest' && second.method === 'nearest';
  return isNearest && first.places.every((_, axis) => !changes(first, axis) || !changes(second, axis));
}

function bothResamples(first: ForeignResample, second: ForeignResample): ForeignResample {
  const places = second.places.map((axis, index) => axis.map((place) => first.places[index]?.[place] ?? 0));
  return { ...second, inputShape: first.inputShape, places };
}

function croppedResample(layer: ForeignResample, crop: ForeignBorder): ForeignResample {
  const places = layer.places.map((axis, index) =>
    axis.slice(crop.before[index] ?? 0, axis.length - (crop.after[index] ?? 0)),
  );
  return { ...layer, outputShape: crop.outputShape, places };
}
