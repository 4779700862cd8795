import { problem } from '../errors/catalogue';
import type { BlockDefinition } from './block';
import type { LayerOps } from './layer-ops';
import { padding, strideEntry } from './layer-parameters';
import { integer } from './parameter';
import { pictureOf, slideWindows, windowFits } from './spatial';

const params = {
  size: integer({
    label: 'Size',
    help: 'Side of the square window the largest value is taken from.',
    unit: 'px',
    min: 1,
    max: 64,
    default: 2,
  }),
  stride: strideEntry(2),
  padding,
};

/**
 * Shifts and fits one spatial axis to `length`: drops `offset` rows in front (or repeats the first row −offset
 * times), then drops or repeats at the end.
 */
function fitAxis<V>(ops: LayerOps<V>, x: V, axis: 0 | 1, offset: number, length: number): V {
  const shape = ops.shapeOf(x);
  const present = shape[axis] ?? 0;
  const begin = Math.max(offset, 0);
  const end = Math.min(offset + length, present);
  const window = (value: V, from: number, count: number): V =>
    ops.slice(
      value,
      shape.map((_, a) => (a === axis ? from : 0)),
      shape.map((size, a) => (a === axis ? count : size)),
    );
  const kept = begin === 0 && end === present ? x : window(x, begin, end - begin);
  const before = Math.max(-offset, 0);
  const after = length - before - (end - begin);
  if (before === 0 && after === 0) return kept;
  const repeat = (row: number, times: number): V[] => {
    if (times === 0) return [];
    const edge = window(x, row, 1);
    return Array.from({ length: times }, () => edge);
  };
  return ops.concat([...repeat(begin, before), kept, ...repeat(end - 1, after)], axis);
}

/**
 * Max pooling; its mirror repeats every value over the stride, laid so that each repeated patch is centred on the
 * window it came from (up to the half pixel that cannot be had), then cropped or its edge repeated to restore
 * exactly the size that was pooled.
 */
export const maxPool: BlockDefinition<typeof params> = {
  type: 'max-pool',
  role: 'layer',
  label: 'Max pool',
  mirrorLabel: 'Upsample',
  description: 'Keeps the largest value of each window, channel by channel.',
  params,
  accepts: 'picture',
  describe: ({ size, stride, padding }) =>
    `${size}×${size}${stride === size ? '' : ` /${stride}`}${padding === 'valid' ? ' valid' : ''}`,
  problems({ size, padding }, inputShape, nodeId) {
    if (windowFits(inputShape, size, padding)) return [];
    const [height, width] = pictureOf(inputShape);
    return [problem('KERNEL_TOO_LARGE', { kernel: size, height, width }, { nodeId, param: 'size' })];
  },
  outputShape({ size, stride, padding }, inputShape) {
    const { height, width } = slideWindows(inputShape, size, stride, padding);
    return [height, width, pictureOf(inputShape)[2]];
  },
  encoder: {
    weights: () => [],
    lower(ops, x, { params: { size, stride, padding }, inputShape }) {
      const { pads } = slideWindows(inputShape, size, stride, padding);
      return ops.maxPool2d(x, { size, stride, pads });
    },
  },
  mirror: {
    weights: () => [],
    lower(ops, x, { params: { size, stride, padding }, outputShape }) {
      const [height, width] = pictureOf(outputShape);
      const { pads } = slideWindows(outputShape, size, stride, padding);
      // Window i begins at i·stride − pad and is `size` long; the patch repeated for it is `stride` long. Centring
      // one on the other moves the patch by (size − stride) / 2.
      const centring = Math.floor((size - stride) / 2);
      const large = stride > 1 ? ops.upsampleNearest2d(x, stride) : x;
      const rows = fitAxis(ops, large, 0, pads.top - centring, height);
      return fitAxis(ops, rows, 1, pads.left - centring, width);
    },
  },
};
