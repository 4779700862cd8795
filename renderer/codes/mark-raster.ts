import type { MarkMask } from './class-look';

/** RGBA pixels, not premultiplied, one in each number: red in its lowest byte (as canvases have them on every machine there is). */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Int32Array;
}

/** What is stamped for one class. */
export interface Stamp {
  readonly reach: number;
  /** The covered pixels around its middle, and how opaque each is: 1 … 255. */
  readonly across: Int8Array;
  readonly down: Int8Array;
  readonly opaque: Uint8Array;
  /** Its colour, without an alpha. */
  readonly colour: number;
}

/** @param alpha 0 … 255: how opaque it is where it covers a pixel whole */
export function stampOf(
  { side, cover }: MarkMask,
  [red, green, blue]: readonly [number, number, number],
  alpha: number,
): Stamp {
  const reach = side >> 1;
  const covered = [...cover.keys()].filter((at) => Math.round(((cover[at] ?? 0) * alpha) / 255) > 0);
  return {
    reach,
    across: Int8Array.from(covered, (at) => (at % side) - reach),
    down: Int8Array.from(covered, (at) => Math.floor(at / side) - reach),
    opaque: Uint8Array.from(covered, (at) => Math.round(((cover[at] ?? 0) * alpha) / 255)),
    colour: red | (green << 8) | (blue << 16),
  };
}

/**
 * Stamps a mark over what is there. Marks drawn so cost a tenth of what the canvas's own drawing does without a graphics card,
 * so that ten thousand fit into a frame.
 *
 * @param left column and row of its middle, whole pixels; what lies outside is left out
 */
export function stampMark({ width, height, pixels }: Raster, stamp: Stamp, left: number, top: number): void {
  const { reach, across, down, opaque, colour } = stamp;
  const isWhole = left >= reach && top >= reach && left + reach < width && top + reach < height;
  const middle = top * width + left;
  for (let part = 0; part < opaque.length; part += 1) {
    const x = across[part]!;
    const y = down[part]!;
    if (!isWhole && (left + x < 0 || left + x >= width || top + y < 0 || top + y >= height)) continue;
    const at = middle + y * width + x;
    const own = opaque[part]!;
    const under = pixels[at]!;
    if (own === 255 || under >>> 24 === 0) pixels[at] = colour | (own << 24);
    else pixels[at] = blended(under, colour, own);
  }
}

/** One colour over another, as light falls through them. */
function blended(under: number, colour: number, own: number): number {
  const below = ((under >>> 24) * (255 - own)) / 255;
  const all = own + below;
  const share = own / all;
  const red = (under & 255) + ((colour & 255) - (under & 255)) * share;
  const green = ((under >> 8) & 255) + (((colour >> 8) & 255) - ((under >> 8) & 255)) * share;
  const blue = ((under >> 16) & 255) + (((colour >> 16) & 255) - ((under >> 16) & 255)) * share;
  return Math.round(red) | (Math.round(green) << 8) | (Math.round(blue) << 16) | (Math.round(all) << 24);
}
