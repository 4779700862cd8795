import type { LayerLook } from '../../shared/ipc/layer-schemas';
import type { Layer } from '../../shared/plan/plan';
import { isPicture } from '../../shared/tensors/shape';
import { type ShownRange, toPixels } from '../data/sample-pixels';

type Thumbnail = LayerLook['thumbnails'][number];

/** The largest pictures, in pixels at each side, and how many feature maps are shown of a layer. */
const PICTURE_SIDE = 36;
const MAP_SIDE = 18;
const MAPS = 8;
/** Bars of a vector, columns of a series, and channels shown of it. */
const COLUMNS = 40;
const CHANNELS = 4;

/**
 * A layer's values for one sample, small enough for a block's face: uint8, 0 at `least` and 255 at `most`. Whole samples
 * (input and output) in the range that the window shows samples in; feature maps and vectors in their own.
 *
 * @param values of `outputShape`, channels last
 * @param shown of samples
 */
export function layerThumbnail(
  { id, type, outputShape: shape }: Pick<Layer, 'id' | 'type' | 'outputShape'>,
  values: Float32Array,
  shown: ShownRange,
): { readonly thumbnail: Thumbnail; readonly pixels: Uint8Array } {
  const told = (rest: Omit<Thumbnail, 'id' | 'shape'>, pixels: Uint8Array) => ({
    thumbnail: { id, shape: [...shape], ...rest },
    pixels,
  });
  if (isPicture(shape)) {
    const [height, width, channels] = shape;
    const isSample = (type === 'input' || type === 'output') && (channels === 1 || channels === 3);
    const side = isSample ? PICTURE_SIDE : MAP_SIDE;
    const [rows, columns] = fitted(height, width, side);
    const count = isSample ? channels : Math.min(MAPS, channels);
    const planes = Array.from({ length: count }, (_, channel) =>
      smaller(values, shape, channel, rows, columns),
    );
    const all = joined(planes);
    const [least, most] = isSample ? shown : rangeOf(all);
    const kind = isSample ? 'picture' : 'maps';
    const rest = { kind, count, of: channels, height: rows, width: columns, least, most } as const;
    return told(rest, toPixels(all, [least, most]));
  }
  const [length = 1, channels = 1] = shape;
  const count = Math.min(CHANNELS, channels);
  const width = Math.min(COLUMNS, length);
  const courses = Array.from({ length: count }, (_, channel) =>
    smaller(values, [1, length, channels], channel, 1, width),
  );
  const all = joined(courses);
  const [least, most] = rangeOf(all);
  const kind = shape.length === 1 ? 'bars' : 'courses';
  const rest = { kind, count, of: channels, height: 1, width, least, most } as const;
  return told(rest, toPixels(all, [least, most]));
}

/** Height and width with the same proportions, at most `side` each, and never enlarged. */
function fitted(height: number, width: number, side: number): [rows: number, columns: number] {
  const share = Math.min(1, side / Math.max(height, width));
  return [Math.max(1, Math.round(height * share)), Math.max(1, Math.round(width * share))];
}

/** One channel, each place the mean of the values it covers. */
function smaller(
  values: Float32Array,
  [height, width, channels]: readonly [number, number, number],
  channel: number,
  rows: number,
  columns: number,
): Float32Array {
  const small = new Float32Array(rows * columns);
  const start = (at: number, places: number, length: number) => Math.floor((at * length) / places);
  for (let row = 0; row < rows; row++) {
    const [top, bottom] = [start(row, rows, height), start(row + 1, rows, height)];
    for (let column = 0; column < columns; column++) {
      const [left, right] = [start(column, columns, width), start(column + 1, columns, width)];
      let sum = 0;
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) sum += values[(y * width + x) * channels + channel] ?? 0;
      }
      small[row * columns + column] = sum / ((bottom - top) * (right - left));
    }
  }
  return small;
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Smallest and largest finite value, 0 among them, so that a bar's foot and a silent map always look the same. */
function rangeOf(values: Float32Array): [least: number, most: number] {
  let [least, most] = [0, 0];
  for (const value of values) {
    if (value < least) least = value;
    else if (value > most) most = value;
  }
  return [Math.max(least, -3.4e38), Math.min(most, 3.4e38)];
}
