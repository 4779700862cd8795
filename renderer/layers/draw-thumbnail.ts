import { type ColourScale, colourOf, diverging, sequential } from './colour-maps';
import type { Thumbnail } from './looks-store';

/** Where a thumbnail is drawn, in pixels of its canvas. */
interface Box {
  readonly width: number;
  readonly height: number;
}

/** Colours that lines and bars take from the page. */
export interface Inks {
  readonly ink: string;
  readonly zero: string;
}

const GAP = 1;

/** Draws a thumbnail into a canvas of this size: pictures and maps as large as whole tiles fit, bars and lines all over. */
export function drawThumbnail(
  context: CanvasRenderingContext2D,
  { kind, count, height, width, least, most }: Thumbnail,
  pixels: Uint8Array,
  box: Box,
  inks: Inks,
): void {
  context.clearRect(0, 0, box.width, box.height);
  context.imageSmoothingEnabled = false;
  if (kind === 'picture' || kind === 'maps') {
    const tiles = kind === 'picture' ? 1 : count;
    const { columns, scale } = tiling(tiles, { width, height }, box, kind === 'maps');
    const [wide, high] = [width * scale, height * scale];
    const rows = Math.ceil(tiles / columns);
    const left = Math.floor((box.width - columns * (wide + GAP) + GAP) / 2);
    const top = Math.floor((box.height - rows * (high + GAP) + GAP) / 2);
    for (let tile = 0; tile < tiles; tile += 1) {
      const rgba =
        kind === 'picture'
          ? sampleRgba(pixels, count, width * height)
          : mapRgba(pixels, tile, width * height, least, most);
      const place = {
        x: left + (tile % columns) * (wide + GAP),
        y: top + Math.floor(tile / columns) * (high + GAP),
      };
      paste(context, rgba, { width, height }, { ...place, width: wide, height: high });
    }
    return;
  }
  const y = (level: number) => 1 + (1 - level / 255) * (box.height - 2);
  const zero = most > least ? (255 * (0 - least)) / (most - least) : 0;
  context.fillStyle = inks.ink;
  context.strokeStyle = inks.ink;
  if (kind === 'bars') {
    const pitch = box.width / width;
    const gap = pitch >= 4 ? 1 : 0;
    for (let bar = 0; bar < width; bar += 1) {
      const [a, b] = [y(pixels[bar] ?? 0), y(zero)];
      context.fillRect(
        bar * pitch,
        Math.min(a, b),
        Math.max(0.5, pitch - gap),
        Math.max(0.75, Math.abs(a - b)),
      );
    }
  } else {
    for (let channel = 0; channel < count; channel += 1) {
      context.globalAlpha = 1 - (0.6 * channel) / Math.max(1, count);
      context.beginPath();
      for (let at = 0; at < width; at += 1) {
        context.lineTo((at / Math.max(1, width - 1)) * box.width, y(pixels[channel * width + at] ?? 0));
      }
      context.stroke();
    }
    context.globalAlpha = 1;
  }
  if (least < 0) {
    context.fillStyle = inks.zero;
    context.fillRect(0, Math.round(y(zero)), box.width, 1);
  }
}

/** How many tiles stand beside each other, so that they are drawn as large as they can be. @param whole whether they are enlarged by whole factors */
function tiling(
  tiles: number,
  { width, height }: Box,
  box: Box,
  whole: boolean,
): { columns: number; scale: number } {
  let best = { columns: 1, scale: 0 };
  for (let columns = 1; columns <= tiles; columns += 1) {
    const rows = Math.ceil(tiles / columns);
    const fit = Math.min(
      (box.width - (columns - 1) * GAP) / (columns * width),
      (box.height - (rows - 1) * GAP) / (rows * height),
    );
    const scale = whole && fit >= 1 ? Math.floor(fit) : fit;
    if (scale > best.scale) best = { columns, scale };
  }
  return best;
}

function sampleRgba(pixels: Uint8Array, channels: number, size: number): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(4 * size);
  for (let at = 0; at < size; at += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      rgba[4 * at + channel] = pixels[(channels === 3 ? channel : 0) * size + at] ?? 0;
    }
    rgba[4 * at + 3] = 255;
  }
  return rgba;
}

/** Maps that go below 0 are drawn about the middle of the diverging colours, others from the foot of the sequential ones. */
function mapRgba(
  pixels: Uint8Array,
  tile: number,
  size: number,
  least: number,
  most: number,
): Uint8ClampedArray<ArrayBuffer> {
  const reach = Math.max(-least, most);
  const scale: ColourScale =
    least < 0 ? { map: diverging, least: -reach, most: reach } : { map: sequential, least, most };
  const colours = Array.from({ length: 256 }, (_, level) =>
    colourOf(least + (level / 255) * (most - least), scale),
  );
  const rgba = new Uint8ClampedArray(4 * size);
  for (let at = 0; at < size; at += 1) {
    const [red, green, blue] = colours[pixels[tile * size + at] ?? 0] ?? [0, 0, 0];
    rgba[4 * at] = red;
    rgba[4 * at + 1] = green;
    rgba[4 * at + 2] = blue;
    rgba[4 * at + 3] = 255;
  }
  return rgba;
}

let scratch: OffscreenCanvas | null = null;

/** Draws pixels enlarged. */
function paste(
  context: CanvasRenderingContext2D,
  rgba: Uint8ClampedArray<ArrayBuffer>,
  size: Box,
  place: Box & { readonly x: number; readonly y: number },
): void {
  scratch ??= new OffscreenCanvas(64, 64);
  const own = scratch.getContext('2d');
  if (!own) return;
  own.putImageData(new ImageData(rgba, size.width, size.height), 0, 0);
  context.drawImage(scratch, 0, 0, size.width, size.height, place.x, place.y, place.width, place.height);
}
