import type { SampleArray } from './dataset';
import { gatherRows } from './sample-rows';

/** The values that show as black and as white. */
export type ShownRange = readonly [black: number, white: number];

/**
 * What the window shows as black and white: 0 and 1 for uint8 and for float data within them, else the data's own
 * smallest and largest value.
 */
export function shownRange(range: readonly [min: number, max: number]): ShownRange {
  const [min, max] = range;
  return min >= 0 && max <= 1 ? [0, 1] : [min, max];
}

/** The samples at `indices` as bytes for the window, one behind the other. @throws RangeError for an unknown index */
export function samplePixels(
  samples: SampleArray,
  indices: ArrayLike<number>,
  shown: ShownRange,
): Uint8Array {
  const rows = gatherRows(samples, indices);
  return rows.data instanceof Uint8Array ? rows.data : toPixels(rows.data, shown);
}

/** Values in the data's own scale (a reconstruction, say) as bytes for the window; NaN shows as black. */
export function toPixels(values: ArrayLike<number>, [black, white]: ShownRange): Uint8Array {
  const scale = white > black ? 255 / (white - black) : 0;
  const pixels = new Uint8Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const level = ((values[index] ?? 0) - black) * scale;
    pixels[index] = level > 0 ? Math.min(255, Math.round(level)) : 0;
  }
  return pixels;
}

/** A sample of the user's own, sent by the window as bytes, in the type and scale of `samples`. */
export function fromPixels(
  pixels: Uint8Array,
  dtype: SampleArray['dtype'],
  [black, white]: ShownRange,
): Uint8Array | Float32Array {
  if (dtype === 'uint8') return pixels;
  return Float32Array.from(pixels, (level) => black + (level / 255) * (white - black));
}
