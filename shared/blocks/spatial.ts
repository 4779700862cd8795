import { isPicture, type Shape } from '../tensors/shape';
import type { Pads, Pair } from './layer-ops';

export type Padding = 'same' | 'valid';

/** How a sliding window covers a picture. */
interface Windows {
  /** Rows and columns of windows: the size of the picture that comes out. */
  readonly height: number;
  readonly width: number;
  readonly pads: Pads;
}

/**
 * How windows of `size` (one number: square), `stride` apart, cover a picture. The arithmetic is TensorFlow's: `valid`
 * takes whole windows only, `same` gives ⌈length / stride⌉ of them and pads max((n − 1) · stride + size − length, 0),
 * the smaller half in front. Throws where no window fits or the shape is no picture (the block's `problems` or
 * the planner should have said so).
 */
export function slideWindows(shape: Shape, size: number | Pair, stride: number, padding: Padding): Windows {
  const [height, width] = pictureOf(shape);
  const [tall, wide] = pairOf(size);
  const rows = slide(height, tall, stride, padding);
  const columns = slide(width, wide, stride, padding);
  return {
    height: rows.count,
    width: columns.count,
    pads: { top: rows.before, bottom: rows.after, left: columns.before, right: columns.after },
  };
}

/** The three lengths of a picture's shape. Throws for a vector, which no caller should pass. */
export function pictureOf(shape: Shape): readonly [height: number, width: number, channels: number] {
  if (!isPicture(shape)) throw new Error(`expected a picture's shape, got [${shape.join(', ')}]`);
  return shape;
}

/** A series [length, channels] as the picture one pixel high that it is worked on as; a picture as it is. */
export function asPicture(shape: Shape): readonly [height: number, width: number, channels: number] {
  const [length, channels, ...more] = shape;
  if (length === undefined || channels === undefined || more.length > 0) return pictureOf(shape);
  return [1, length, channels];
}

/** Whether at least one whole window fits a picture without padding. */
export function windowFits(shape: Shape, size: number | Pair, padding: Padding): boolean {
  const [height, width] = pictureOf(shape);
  const [tall, wide] = pairOf(size);
  return padding === 'same' || (tall <= height && wide <= width);
}

/** A length along the only axis of a series (of the picture one pixel high that it is worked on as), or along both of a picture. */
export function along(axes: 1 | 2, length: number): Pair {
  return [axes === 1 ? 1 : length, length];
}

function pairOf(size: number | Pair): Pair {
  return typeof size === 'number' ? [size, size] : size;
}

function slide(length: number, size: number, stride: number, padding: Padding) {
  if (padding === 'valid') {
    if (size > length) throw new Error(`a window of ${size} does not fit a length of ${length}`);
    return { count: Math.floor((length - size) / stride) + 1, before: 0, after: 0 };
  }
  const count = Math.ceil(length / stride);
  const total = Math.max((count - 1) * stride + size - length, 0);
  const before = Math.floor(total / 2);
  return { count, before, after: total - before };
}
