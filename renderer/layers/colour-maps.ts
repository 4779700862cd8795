/** Red, green and blue, 0–255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** 256 colours, from the least value to the largest. */
export type ColourMap = readonly Rgb[];

/** Seventeen colours of viridis (van der Walt & Smith 2015, CC0): even to the eye, and told apart by the colour-blind. */
const VIRIDIS: readonly Rgb[] = [
  [68, 1, 84],
  [72, 21, 103],
  [72, 38, 119],
  [69, 55, 129],
  [64, 71, 136],
  [57, 86, 140],
  [51, 99, 141],
  [45, 112, 142],
  [40, 125, 142],
  [35, 138, 141],
  [31, 150, 139],
  [32, 163, 135],
  [41, 175, 127],
  [60, 187, 117],
  [86, 198, 103],
  [149, 216, 64],
  [253, 231, 37],
];

/** PuOr turned round (Brewer 2003, Apache 2.0), which the colour-blind tell apart: orange below 0, violet above. */
const DIVERGING: readonly Rgb[] = [
  [127, 59, 8],
  [179, 88, 6],
  [224, 130, 20],
  [253, 184, 99],
  [254, 224, 182],
  [247, 247, 247],
  [216, 218, 235],
  [178, 171, 210],
  [128, 115, 172],
  [84, 39, 136],
  [45, 0, 75],
];

/** For numbers that are all on one side of 0. */
export const sequential: ColourMap = interpolated(VIRIDIS);
/** For signed numbers; the middle stands for 0. */
export const diverging: ColourMap = interpolated(DIVERGING);

function interpolated(stops: readonly Rgb[]): ColourMap {
  return Array.from({ length: 256 }, (_, at) => {
    const place = (at / 255) * (stops.length - 1);
    const low = Math.floor(place);
    const [from, to] = [stops[low], stops[Math.min(stops.length - 1, low + 1)]];
    const mix = (channel: 0 | 1 | 2) =>
      Math.round((from?.[channel] ?? 0) + ((to?.[channel] ?? 0) - (from?.[channel] ?? 0)) * (place - low));
    return [mix(0), mix(1), mix(2)];
  });
}

/** What colours stand for. */
export interface ColourScale {
  readonly map: ColourMap;
  readonly least: number;
  readonly most: number;
}

/** Signed numbers on a diverging map, as far below 0 as above; others on a sequential one, from 0 where they begin near it. */
export function scaleFor(least: number, most: number): ColourScale {
  if (least < 0) {
    const reach = Math.max(-least, most, Number.MIN_VALUE);
    return { map: diverging, least: -reach, most: reach };
  }
  const from = least < most / 2 ? 0 : least;
  return { map: sequential, least: from, most: Math.max(most, from) };
}

/** Smallest and largest finite number; both 0 where there is none. */
export function rangeOf(values: ArrayLike<number>): [least: number, most: number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? 0;
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return most < least ? [0, 0] : [least, most];
}

const NOT_A_NUMBER: Rgb = [220, 30, 40];

/** The colour of a number; what is not one is shown in red, which neither map has. */
export function colourOf(value: number, scale: ColourScale): Rgb {
  const level = levelOf(value, scale);
  return scale.map[level] ?? NOT_A_NUMBER;
}

/** Which of a map's 256 colours stands for a number; −1 for what is none. */
function levelOf(value: number, { least, most }: ColourScale): number {
  if (!Number.isFinite(value)) return -1;
  const share = most > least ? (value - least) / (most - least) : least < 0 ? 0.5 : 0;
  return Math.min(255, Math.max(0, Math.round(255 * share)));
}

/** Colours as a picture's pixels, whatever order this machine has bytes in: the last is for what is not a number. */
function pixelColours(map: ColourMap): Uint32Array {
  const bytes = new Uint8ClampedArray(4 * 257);
  [...map, NOT_A_NUMBER].forEach((colour, at) => {
    bytes.set([...colour, 255], 4 * at);
  });
  return new Uint32Array(bytes.buffer);
}

const pixelsOf = new Map<ColourMap, Uint32Array>();

/** A picture of numbers, row by row, as RGBA bytes. */
export function rgbaOf(
  at: (y: number, x: number) => number,
  { height, width }: { readonly height: number; readonly width: number },
  scale: ColourScale,
): Uint8ClampedArray<ArrayBuffer> {
  const colours = pixelsOf.get(scale.map) ?? pixelColours(scale.map);
  pixelsOf.set(scale.map, colours);
  const rgba = new Uint8ClampedArray(4 * height * width);
  const pixels = new Uint32Array(rgba.buffer);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const level = levelOf(at(y, x), scale);
      pixels[y * width + x] = colours[level < 0 ? 256 : level] ?? 0;
    }
  }
  return rgba;
}
