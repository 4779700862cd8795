import { valueCount } from '../../shared/tensors/shape';
import type { Dataset, SampleArray } from '../data/dataset';

/**
 * The values that are shown as 0 and 255: 0 and 1 where all samples lie between them (uint8 always does), else the
 * smallest and largest value of the data.
 */
export type PixelScale = readonly [black: number, white: number];

export function pixelScale(dataset: Pick<Dataset, 'train' | 'range'>): PixelScale {
  const [min, max] = dataset.range;
  if (dataset.train.dtype === 'uint8' || (min >= 0 && max <= 1)) return [0, 1];
  return max > min ? [min, max] : [min, min + 1];
}

/** The chosen samples one after the other, in their own type. */
export function gatherSamples(samples: SampleArray, indices: ArrayLike<number>): Uint8Array | Float32Array {
  const size = valueCount(samples.shape);
  const length = size * indices.length;
  const gathered = samples.dtype === 'uint8' ? new Uint8Array(length) : new Float32Array(length);
  for (let row = 0; row < indices.length; row++) {
    const index = indices[row]!;
    gathered.set(samples.values.subarray(index * size, (index + 1) * size), row * size);
  }
  return gathered;
}

/** Sample values as pixels; what lies outside the scale is clipped. */
export function toPixels(values: Uint8Array | Float32Array, [black, white]: PixelScale): Uint8Array {
  if (values instanceof Uint8Array) return values;
  const pixels = new Uint8Array(values.length);
  const factor = 255 / (white - black);
  for (let i = 0; i < values.length; i++) {
    // Half is added and the fraction dropped on storing: rounding, and NaN becomes 0.
    pixels[i] = Math.min(255, Math.max(0, (values[i]! - black) * factor)) + 0.5;
  }
  return pixels;
}

/** Pixels as sample values of the data's type. */
export function fromPixels(
  pixels: Uint8Array,
  dtype: SampleArray['dtype'],
  [black, white]: PixelScale,
): Uint8Array | Float32Array {
  if (dtype === 'uint8') return pixels;
  return Float32Array.from(pixels, (pixel) => black + (pixel / 255) * (white - black));
}
