import sharp from 'sharp';
import type { RunEvent } from '../../shared/ipc/contract';
import { isPicture, valueCount } from '../../shared/tensors/shape';

type Samples = Extract<RunEvent, { kind: 'reconstructions' }>['originals'];
type Rgb = readonly [red: number, green: number, blue: number];

/** Samples side by side; more than these go into further bands below. */
const COLUMNS = 8;
/** Every sample is enlarged by a whole factor to at least this many pixels. */
const SMALLEST_TILE = 96;
const GAP = 4;
const BAND_GAP = 20;
const BACKGROUND: Rgb = [32, 36, 44];
const CURVE_GROUND: Rgb = [250, 250, 250];
const CURVE: Rgb = [20, 90, 160];
const CURVE_SIZE = { width: 192, height: 96 };

/**
 * Originals over reconstructions as a PNG, with what the model was given between them where that is less: bands of eight
 * columns, in each the originals above what came of them. Pictures are enlarged without smoothing; vectors are drawn as curves, 0 at the bottom and 255 at the top.
 */
export async function reconstructionPicture(blocks: readonly [Samples, ...Samples[]]): Promise<Buffer> {
  const [originals] = blocks;
  const tile = tileFor(originals.shape);
  const columns = Math.min(COLUMNS, originals.count);
  const bands = Math.ceil(originals.count / columns);
  const bandHeight = blocks.length * (tile.height + GAP) - GAP;
  const width = columns * (tile.width + GAP) + GAP;
  const height = bands * bandHeight + (bands - 1) * BAND_GAP + 2 * GAP;
  const canvas = new Uint8Array(width * height * 3);
  for (let i = 0; i < canvas.length; i++) canvas[i] = BACKGROUND[i % 3]!;
  for (let sample = 0; sample < originals.count; sample++) {
    const left = GAP + (sample % columns) * (tile.width + GAP);
    const top = GAP + Math.floor(sample / columns) * (bandHeight + BAND_GAP);
    for (const [row, { pixels, shape }] of blocks.entries()) {
      const size = valueCount(shape);
      const values = pixels.subarray(sample * size, (sample + 1) * size);
      const colourAt = tileFor(shape).painter(values);
      for (let y = 0; y < tile.height; y++) {
        for (let x = 0; x < tile.width; x++) {
          canvas.set(colourAt(x, y), ((top + row * (tile.height + GAP) + y) * width + left + x) * 3);
        }
      }
    }
  }
  return sharp(canvas, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

interface Tile {
  readonly width: number;
  readonly height: number;
  /** The colour at a place of the tile that shows these values. */
  painter(values: Uint8Array): (x: number, y: number) => Rgb;
}

function tileFor(shape: readonly number[]): Tile {
  if (isPicture(shape)) return pictureTile(shape);
  const [length = 1, channels = 1] = shape;
  return curveTile(length, channels);
}

function pictureTile([height, width, channels]: readonly [number, number, number]): Tile {
  const factor = Math.max(1, Math.ceil(SMALLEST_TILE / Math.max(width, height)));
  return {
    width: width * factor,
    height: height * factor,
    painter: (values) => (x, y) => {
      const at = (Math.floor(y / factor) * width + Math.floor(x / factor)) * channels;
      // Grey with one or two channels, else the first three as red, green and blue.
      return channels < 3
        ? [values[at]!, values[at]!, values[at]!]
        : [values[at]!, values[at + 1]!, values[at + 2]!];
    },
  };
}

/** A curve for each channel. */
function curveTile(length: number, channels: number): Tile {
  const { width, height } = CURVE_SIZE;
  const level = (values: Uint8Array, x: number, channel: number) => {
    const index = Math.min(length - 1, Math.floor((x / width) * length));
    return Math.round((1 - values[index * channels + channel]! / 255) * (height - 1));
  };
  return {
    width,
    height,
    painter: (values) => (x, y) => {
      for (let channel = 0; channel < channels; channel++) {
        const here = level(values, x, channel);
        const before = level(values, Math.max(0, x - 1), channel);
        if (y >= Math.min(here, before) - 1 && y <= Math.max(here, before) + 1) return CURVE;
      }
      return CURVE_GROUND;
    },
  };
}
