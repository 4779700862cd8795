import type { Pads } from '../../../shared/blocks/layer-ops';
import { isSame } from '../../ops/windows';

/** How a kernel covers one axis. */
export interface Axis {
  /** Of what the convolution reads. */
  readonly length: number;
  /** Of what it gives out. */
  readonly count: number;
  readonly window: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
}

/** `same` or `valid` where tfjs-layers' own pads are these; null where they have to be put around first. */
export function paddingOf(axes: readonly Axis[]): 'same' | 'valid' | null {
  if (axes.every(({ before, after }) => before === 0 && after === 0)) return 'valid';
  return axes.every(isSame) ? 'same' : null;
}

/** The axes of a convolution over a picture. */
export function axesOf(
  lengths: readonly [number, number],
  windows: readonly [number, number],
  strides: readonly [number, number],
  dilations: readonly [number, number],
  { top, bottom, left, right }: Pads,
): readonly [Axis, Axis] {
  const axis = (at: 0 | 1, before: number, after: number): Axis => {
    const [length, window, stride, dilation] = [lengths[at], windows[at], strides[at], dilations[at]];
    const room = length + before + after - (window - 1) * dilation - 1;
    return { length, window, stride, dilation, before, after, count: Math.floor(room / stride) + 1 };
  };
  return [axis(0, top, bottom), axis(1, left, right)];
}

/** How what a transposed convolution gives out is cut, or filled up with zeros, to the length that is to be restored. */
export interface Fit {
  readonly cutBefore: number;
  readonly cutAfter: number;
  readonly fillAfter: number;
}

/**
 * How to come from the length that `Conv2DTranspose` restores by itself to the one wanted. It gives out count · stride
 * elements (`same`), or as far as its windows reach (`valid`), from one that depends on the kernel alone.
 */
export function fitOf({ length, count, window, stride, before }: Axis, padding: 'same' | 'valid'): Fit {
  const given = padding === 'same' ? count * stride : count * stride + Math.max(window - stride, 0);
  const own = padding === 'same' ? Math.floor(Math.max(window - stride, 0) / 2) : 0;
  const cutBefore = before - own;
  const end = cutBefore + length;
  return { cutBefore, cutAfter: Math.max(given - end, 0), fillAfter: Math.max(end - given, 0) };
}

/** Whether a transposed convolution of this padding has all that is wanted, but for zeros behind it. */
export function fits(axes: readonly Axis[], padding: 'same' | 'valid'): boolean {
  return axes.every((axis) => {
    const { cutBefore, fillAfter } = fitOf(axis, padding);
    return cutBefore >= 0 && (padding === 'valid' || fillAfter === 0);
  });
}
