import { slideWindows } from '../../shared/blocks/spatial';
import type { AxisWindows } from './foreign-layer';

/** The largest kernel a block may have. */
const LARGEST_KERNEL = 64;

/** How windows of a file are had by a block, whose kernels and strides are square and padded in two ways alone. */
export interface WindowFit {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padding: 'same' | 'valid';
  /** Of each layer given, and each axis: how many zeros stand in front of its kernel in the block's larger one. */
  readonly fronts: readonly (readonly number[])[];
}

/**
 * The smallest kernel by which a block has exactly the windows of all the layers given (a convolution's and those of the
 * transposed one that mirrors it). A kernel that is not square, or whose pads are not those of the block, is had by a
 * larger one with zeros around it: its window covers more, and what it covers more does not count.
 *
 * @returns null where there is none
 */
export function fitWindows(layers: readonly (readonly AxisWindows[])[]): WindowFit | null {
  const all = layers.flat();
  const [first] = all;
  if (!first) return null;
  const { stride, dilation } = first;
  if (all.some((axis) => axis.stride !== stride || axis.dilation !== dilation)) return null;
  const smallest = Math.max(...all.map(({ kernel }) => kernel));
  for (let kernel = smallest; kernel <= LARGEST_KERNEL; kernel++) {
    for (const padding of ['same', 'valid'] as const) {
      const fronts = layers.map((axes) => axes.map((axis) => frontOf(axis, kernel, padding)));
      if (fronts.every((axes) => axes.every((front) => front !== null))) {
        return { kernel, stride, dilation, padding, fronts: fronts as number[][] };
      }
    }
  }
  return null;
}

/** Zeros in front of this axis' kernel in one of `kernel` elements; null where no number of them brings the same windows. */
function frontOf(axis: AxisWindows, kernel: number, padding: 'same' | 'valid'): number | null {
  const extent = (kernel - 1) * axis.dilation + 1;
  if (padding === 'valid' && extent > axis.length) return null;
  const own = slideWindows([1, axis.length, 1], [1, extent], axis.stride, padding);
  if (own.width !== axis.count) return null;
  const front = (own.pads.left - axis.before) / axis.dilation;
  return Number.isInteger(front) && front >= 0 && front + axis.kernel <= kernel ? front : null;
}

/**
 * A kernel with zeros around it.
 *
 * @param kernel its sides, one an axis, then `depth` numbers at every place
 * @param fronts zeros in front, an entry an axis
 * @param side of the larger one, along every axis
 */
export function withZerosAround(
  kernel: Float32Array,
  sides: readonly number[],
  fronts: readonly number[],
  side: number,
): Float32Array {
  if (sides.every((own) => own === side)) return kernel;
  const depth = kernel.length / sides.reduce((product, own) => product * own, 1);
  const larger = new Float32Array(side ** sides.length * depth);
  const [rows, columns] = sides.length === 1 ? [1, sides[0] ?? 1] : [sides[0] ?? 1, sides[1] ?? 1];
  const [top, left] = fronts.length === 1 ? [0, fronts[0] ?? 0] : [fronts[0] ?? 0, fronts[1] ?? 0];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const from = (row * columns + column) * depth;
      const to = ((row + top) * side + column + left) * depth;
      larger.set(kernel.subarray(from, from + depth), to);
    }
  }
  return larger;
}
