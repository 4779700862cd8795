import { problem } from '../errors/catalogue';
import type { Shape } from '../tensors/shape';
import type { BlockDefinition, LayerRule } from './block';
import type { LayerOps } from './layer-ops';
import { padding, strideEntry, upsampling } from './layer-parameters';
import { integer, type ParameterValues } from './parameter';
import { along, asPicture, slideWindows, windowFits } from './spatial';

function paramsFor(unit: string, sizeHelp: string) {
  return {
    size: integer({ label: 'Size', help: sizeHelp, unit, min: 1, max: 64, default: 2 }),
    stride: strideEntry(2, unit),
    padding,
    upsampling,
  };
}

type Params = ReturnType<typeof paramsFor>;
type Values = ParameterValues<Params>;

/** What tells pools apart: what they keep of a window, and whether of pictures or of series. */
interface Pool extends Pick<BlockDefinition, 'type' | 'label' | 'brief' | 'description' | 'alsoCalled'> {
  readonly axes: 1 | 2;
  readonly sizeHelp: string;
  pool<V>(ops: LayerOps<V>, x: V, options: Parameters<LayerOps<V>['maxPool2d']>[1]): V;
}

/**
 * A pool; its mirror repeats every value over the stride, laid so that each repeated patch is centred on the window it
 * came from (up to the half pixel that cannot be had), then cropped or its edge repeated to restore exactly the size
 * that was pooled. Bilinear, it draws straight lines between the centres of the windows, level beyond the outermost.
 */
export function poolBlock({ axes, sizeHelp, pool, ...names }: Pool): BlockDefinition<Params> {
  return {
    ...names,
    mirrorLabel: 'Upsample',
    role: 'layer',
    params: paramsFor(axes === 1 ? 'values' : 'px', sizeHelp),
    accepts: axes === 1 ? 'series' : 'picture',
    describe: ({ size, stride, padding }) =>
      `${axes === 1 ? size : `${size}×${size}`}${stride === size ? '' : ` /${stride}`}${padding === 'valid' ? ' valid' : ''}`,
    problems({ size, padding }, inputShape, nodeId) {
      const [height, width] = asPicture(inputShape);
      if (windowFits(asPicture(inputShape), along(axes, size), padding)) return [];
      return [problem('KERNEL_TOO_LARGE', { kernel: size, height, width, axes }, { nodeId, param: 'size' })];
    },
    outputShape(params, inputShape) {
      const { height, width } = windows(axes, params, inputShape);
      const [, , channels] = asPicture(inputShape);
      return axes === 1 ? [width, channels] : [height, width, channels];
    },
    encoder: {
      weights: () => [],
      lower(ops, x, { params, inputShape, outputShape }) {
        const { pads } = windows(axes, params, inputShape);
        const picture = axes === 1 ? ops.reshape(x, asPicture(inputShape)) : x;
        const y = pool(ops, picture, { size: along(axes, params.size), stride: params.stride, pads });
        return axes === 1 ? ops.reshape(y, outputShape) : y;
      },
    },
    mirror: mirrorRule(axes),
  };
}

function windows(axes: 1 | 2, { size, stride, padding }: Values, shape: Shape) {
  return slideWindows(asPicture(shape), along(axes, size), stride, padding);
}

function mirrorRule(axes: 1 | 2): LayerRule<Params> {
  return {
    weights: () => [],
    lower(ops, x, { params, inputShape, outputShape }) {
      const [height, width] = asPicture(outputShape);
      const { pads } = windows(axes, params, outputShape);
      const { size, stride, upsampling } = params;
      if (upsampling === 'bilinear') {
        const lines = (count: number, length: number, before: number) =>
          linesBetween({ count, length, stride, firstCentre: (size - 1) / 2 - before });
        const [rows, columns] = asPicture(inputShape);
        if (axes === 1) return ops.alongAxis(x, 0, lines(columns, width, pads.left));
        const tall = ops.alongAxis(x, 0, lines(rows, height, pads.top));
        return ops.alongAxis(tall, 1, lines(columns, width, pads.left));
      }
      // Window i begins at i·stride − pad and is `size` long; the patch repeated for it is `stride` long. Centring
      // one on the other moves the patch by (size − stride) / 2.
      const centring = Math.floor((size - stride) / 2);
      const picture = axes === 1 ? ops.reshape(x, asPicture(inputShape)) : x;
      const large = stride > 1 ? ops.upsampleNearest2d(picture, along(axes, stride)) : picture;
      const rows = axes === 1 ? large : fitAxis(ops, large, 0, pads.top - centring, height);
      const fitted = fitAxis(ops, rows, 1, pads.left - centring, width);
      return axes === 1 ? ops.reshape(fitted, outputShape) : fitted;
    },
  };
}

interface Centres {
  /** Of windows. */
  readonly count: number;
  /** Of the axis that is restored. */
  readonly length: number;
  readonly stride: number;
  /** Where the first window has its centre on that axis. */
  readonly firstCentre: number;
}

/** How each value of an axis lies between the centres of windows: entry [window, place], row after row. */
function linesBetween({ count, length, stride, firstCentre }: Centres): number[] {
  const places = Array.from({ length }, (_, place) => {
    const at = Math.min(Math.max((place - firstCentre) / stride, 0), count - 1);
    return { below: Math.floor(at), share: at - Math.floor(at) };
  });
  return Array.from({ length: count }, (_, window) =>
    places.map(({ below, share }) => (window === below ? 1 - share : window === below + 1 ? share : 0)),
  ).flat();
}

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
