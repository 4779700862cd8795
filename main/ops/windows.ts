import { numberAttribute, numbersAttribute } from './attributes';
import type { Attributes, TensorFlowAttribute } from './op';

/** How square windows cover one spatial axis of a picture. */
export interface Axis {
  /** Length of the picture along it. */
  readonly length: number;
  readonly window: number;
  readonly stride: number;
  /** Pads before and after, never negative. */
  readonly before: number;
  readonly after: number;
  /** How many windows fit: ⌊(length + pads − window) / stride⌋ + 1. */
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
 * The windows of a convolution or pool with the attributes `stride` and `pads` (top, bottom, left, right).
 * @throws where not a single one fits.
 */
export function windowsOf(
  attributes: Attributes,
  size: readonly (number | undefined)[],
  window: readonly (number | undefined)[],
): Windows {
  const stride = numberAttribute(attributes, 'stride');
  const [top = 0, bottom = 0, left = 0, right = 0] = numbersAttribute(attributes, 'pads');
  const [height = 0, width = 0] = size;
  const [rows = 0, columns = 0] = window;
  return {
    height: axisOf(height, rows, stride, top, bottom),
    width: axisOf(width, columns, stride, left, right),
  };
}

function axisOf(length: number, window: number, stride: number, before: number, after: number): Axis {
  const room = length + before + after - window;
  if (room < 0 || before < 0 || after < 0) {
    throw new Error(
      `A window of ${window} does not fit ${length} elements with pads ${before} and ${after}.`,
    );
  }
  const count = Math.floor(room / stride) + 1;
  return { length, window, stride, before, after, count, rest: room - (count - 1) * stride };
}

/** TensorFlow's names for these windows: `SAME` and `VALID` where they fit, for these have the faster kernels. */
export function tensorFlowWindows({ height, width }: Windows): Record<string, TensorFlowAttribute> {
  const strides = { ints: [1, height.stride, width.stride, 1] };
  const axes = [height, width];
  if (axes.every((axis) => axis.before === 0 && axis.after === 0)) {
    return { strides, padding: { string: 'VALID' } };
  }
  if (axes.every(isSame)) return { strides, padding: { string: 'SAME' } };
  return tensorFlowExplicitWindows({ height, width });
}

/** The same with every pad spelled out. */
export function tensorFlowExplicitWindows({ height, width }: Windows): Record<string, TensorFlowAttribute> {
  return {
    strides: { ints: [1, height.stride, width.stride, 1] },
    padding: { string: 'EXPLICIT' },
    explicit_paddings: { ints: [0, 0, height.before, height.after, width.before, width.after, 0, 0] },
  };
}

function isSame({ length, window, stride, before, after }: Axis): boolean {
  const total = Math.max((Math.ceil(length / stride) - 1) * stride + window - length, 0);
  return before === Math.floor(total / 2) && before + after === total;
}

/** ONNX's attributes for these windows. */
export function onnxWindows({ height, width }: Windows) {
  return {
    strides: [height.stride, width.stride],
    pads: [height.before, width.before, height.after, width.after],
  };
}
