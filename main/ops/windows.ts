import { numberAttribute, numbersAttribute, pairAttribute } from './attributes';
import type { Attributes, TensorFlowAttribute } from './op';

/** How windows cover one spatial axis of a picture. */
export interface Axis {
  /** Length of the picture along it. */
  readonly length: number;
  readonly window: number;
  /** How far the elements of a window lie apart. */
  readonly dilation: number;
  readonly stride: number;
  /** Pads before and after, never negative. */
  readonly before: number;
  readonly after: number;
  /** How many windows fit: ⌊(length + pads − extent) / stride⌋ + 1, the extent being (window − 1) · dilation + 1. */
  readonly count: number;
  /** Elements after the last window that none covers, fewer than the stride. */
  readonly rest: number;
}

/** How windows cover a picture, axis by axis. */
export interface Windows {
  readonly height: Axis;
  readonly width: Axis;
}

/**
 * The windows of a convolution or pool with the attributes `stride`, `pads` (top, bottom, left, right) and, if not 1,
 * `dilation` (along height and width).
 * @throws where not a single one fits.
 */
export function windowsOf(
  attributes: Attributes,
  size: readonly (number | undefined)[],
  window: readonly (number | undefined)[],
): Windows {
  const stride = numberAttribute(attributes, 'stride');
  const [top = 0, bottom = 0, left = 0, right = 0] = numbersAttribute(attributes, 'pads');
  const [down, across] = 'dilation' in attributes ? pairAttribute(attributes, 'dilation') : [1, 1];
  const [height = 0, width = 0] = size;
  const [rows = 0, columns = 0] = window;
  return {
    height: axisOf({ length: height, window: rows, stride, dilation: down, before: top, after: bottom }),
    width: axisOf({ length: width, window: columns, stride, dilation: across, before: left, after: right }),
  };
}

function axisOf(axis: Omit<Axis, 'count' | 'rest'>): Axis {
  const { length, window, stride, dilation, before, after } = axis;
  const room = length + before + after - (window - 1) * dilation - 1;
  if (room < 0 || before < 0 || after < 0) {
    throw new Error(
      `A window of ${window} does not fit ${length} elements with pads ${before} and ${after}.`,
    );
  }
  const count = Math.floor(room / stride) + 1;
  return { ...axis, count, rest: room - (count - 1) * stride };
}

/** TensorFlow's names for these windows: `SAME` and `VALID` where they fit, for these have the faster kernels. */
export function tensorFlowWindows({ height, width }: Windows): Record<string, TensorFlowAttribute> {
  const strides = { ints: [1, height.stride, width.stride, 1] };
  const spaced = { strides, ...dilations({ height, width }) };
  const axes = [height, width];
  if (axes.every((axis) => axis.before === 0 && axis.after === 0)) {
    return { ...spaced, padding: { string: 'VALID' } };
  }
  if (axes.every(isSame)) return { ...spaced, padding: { string: 'SAME' } };
  return tensorFlowExplicitWindows({ height, width });
}

/** The same with every pad spelled out. */
export function tensorFlowExplicitWindows({ height, width }: Windows): Record<string, TensorFlowAttribute> {
  return {
    strides: { ints: [1, height.stride, width.stride, 1] },
    ...dilations({ height, width }),
    padding: { string: 'EXPLICIT' },
    explicit_paddings: { ints: [0, 0, height.before, height.after, width.before, width.after, 0, 0] },
  };
}

/** Said only where it is not 1: pools have no such attribute. */
function dilations({ height, width }: Windows): Record<string, TensorFlowAttribute> {
  if (!isDilated({ height, width })) return {};
  return { dilations: { ints: [1, height.dilation, width.dilation, 1] } };
}

/** Whether an axis is padded as TensorFlow's `SAME`: by half of what is wanting, the odd one behind. */
export function isSame({ length, window, stride, dilation, before, after }: Omit<Axis, 'rest'>): boolean {
  const extent = (window - 1) * dilation + 1;
  const total = Math.max((Math.ceil(length / stride) - 1) * stride + extent - length, 0);
  return before === Math.floor(total / 2) && before + after === total;
}

export function isDilated({ height, width }: Windows): boolean {
  return height.dilation > 1 || width.dilation > 1;
}

/** ONNX's attributes for these windows. */
export function onnxWindows({ height, width }: Windows) {
  return {
    strides: [height.stride, width.stride],
    pads: [height.before, width.before, height.after, width.after],
    ...(isDilated({ height, width }) ? { dilations: [height.dilation, width.dilation] } : {}),
  };
}
