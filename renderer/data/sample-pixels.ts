import { isPicture, type Shape, valueCount } from '../../shared/tensors/shape';

/**
 * One sample of a block (uint8, count × shape) as RGBA pixels. One channel is grey, three are RGB, four RGBA; of any
 * other number the first channel is shown.
 */
export function pictureRgba(pixels: Uint8Array, shape: Shape, index: number): Uint8ClampedArray<ArrayBuffer> {
  if (!isPicture(shape)) throw new RangeError(`${shape.join('×')} is not a picture.`);
  const [height, width, channels] = shape;
  const rgba = new Uint8ClampedArray(height * width * 4);
  const start = index * valueCount(shape);
  const colour = channels === 3 || channels === 4;
  for (let pixel = 0; pixel < height * width; pixel += 1) {
    const from = start + pixel * channels;
    const first = pixels[from] ?? 0;
    rgba[4 * pixel] = first;
    rgba[4 * pixel + 1] = colour ? (pixels[from + 1] ?? 0) : first;
    rgba[4 * pixel + 2] = colour ? (pixels[from + 2] ?? 0) : first;
    rgba[4 * pixel + 3] = channels === 4 ? (pixels[from + 3] ?? 0) : 255;
  }
  return rgba;
}

/** Channels of a series [length, channels] that are drawn. */
const CHANNELS_DRAWN = 8;

/**
 * The course of every channel of a series, of the first eight, as heights (0–1): at most `columns` of them, each the
 * mean of the values it covers.
 */
export function seriesCourses(pixels: Uint8Array, shape: Shape, index: number, columns: number): number[][] {
  const [length = 0, channels = 1] = shape;
  return Array.from({ length: Math.min(channels, CHANNELS_DRAWN) }, (_, channel) => {
    const start = index * length * channels + channel;
    const own = Uint8Array.from({ length }, (_, at) => pixels[start + at * channels] ?? 0);
    return vectorBars(own, [length], 0, columns);
  });
}

/**
 * The heights (0–1) of at most `columns` bars that stand for a vector: each the mean of the values it covers, so that
 * a long vector still shows its course.
 */
export function vectorBars(pixels: Uint8Array, shape: Shape, index: number, columns: number): number[] {
  const length = valueCount(shape);
  const start = index * length;
  const bars = Math.min(columns, length);
  return Array.from({ length: bars }, (_, bar) => {
    const from = Math.floor((bar * length) / bars);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * length) / bars));
    let sum = 0;
    for (let at = from; at < to; at += 1) sum += pixels[start + at] ?? 0;
    return sum / (to - from) / 255;
  });
}

/**
 * Brings RGBA pixels of the sample's height and width to the sample's channels. Grey is the luma of Rec. 601, as
 * sharp and Pillow make it; transparent pixels lie on black.
 */
export function sampleFromRgba(rgba: Uint8ClampedArray, shape: Shape): Uint8Array {
  if (!isPicture(shape)) throw new RangeError(`${shape.join('×')} is not a picture.`);
  const [height, width, channels] = shape;
  const pixels = new Uint8Array(valueCount(shape));
  for (let pixel = 0; pixel < height * width; pixel += 1) {
    const alpha = (rgba[4 * pixel + 3] ?? 255) / 255;
    const red = (rgba[4 * pixel] ?? 0) * alpha;
    const green = (rgba[4 * pixel + 1] ?? 0) * alpha;
    const blue = (rgba[4 * pixel + 2] ?? 0) * alpha;
    const grey = 0.299 * red + 0.587 * green + 0.114 * blue;
    for (let channel = 0; channel < channels; channel += 1) {
      const value = channels < 3 ? grey : ([red, green, blue, 255 * alpha][channel] ?? grey);
      pixels[pixel * channels + channel] = Math.round(value);
    }
  }
  return pixels;
}
