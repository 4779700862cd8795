import type { AxisWindows, ForeignBorder, ForeignConvolution, ForeignResample } from './foreign-layer';
import { refused } from './refusal';
import type { SettledLayer } from './settle-order';

export type JoinedLayer = Exclude<SettledLayer, ForeignBorder>;

function isBorder(layer: SettledLayer): layer is ForeignBorder {
  return layer.kind === 'pad' || layer.kind === 'crop';
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
    joined.push(layer);
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

function croppedResample(layer: ForeignResample, crop: ForeignBorder): ForeignResample {
  const places = layer.places.map((axis, index) =>
    axis.slice(crop.before[index] ?? 0, axis.length - (crop.after[index] ?? 0)),
  );
  return { ...layer, outputShape: crop.outputShape, places };
}
