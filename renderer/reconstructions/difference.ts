import type { ShownSamples } from '../../shared/ipc/contract';

/** |original − reconstruction| of every value, 0–255. */
export function differenceOf({
  originals,
  reconstructions,
}: Pick<ShownSamples, 'originals' | 'reconstructions'>): Uint8Array {
  return originals.pixels.map((value, at) => Math.abs(value - (reconstructions.pixels[at] ?? 0)));
}

const SCALES = [0.05, 0.1, 0.2, 0.5, 1] as const;

/** Where the scale of differences ends: the least of a few round shares of the range that holds all but the largest 1%. */
export function differenceScale(differences: Uint8Array): number {
  const counts = new Array<number>(256).fill(0);
  for (const value of differences) counts[value] = (counts[value] ?? 0) + 1;
  let left = differences.length / 100;
  let high = 255;
  while (high > 0 && left >= (counts[high] ?? 0)) {
    left -= counts[high] ?? 0;
    high -= 1;
  }
  return SCALES.find((scale) => high <= 255 * scale) ?? 1;
}

/** The colours of the scale, from none to the most; rising in lightness, so that they also tell apart without hue. */
export const DIFFERENCE_COLOURS = [
  [0, 0, 4],
  [66, 10, 104],
  [147, 38, 103],
  [221, 81, 58],
  [252, 165, 10],
  [252, 255, 164],
] as const;

/** The colour of a share (0–1) of the scale, between its neighbours. */
export function differenceColour(share: number): readonly [red: number, green: number, blue: number] {
  const last = DIFFERENCE_COLOURS.length - 1;
  const at = Math.min(1, Math.max(0, share)) * last;
  const below = Math.min(last - 1, Math.floor(at));
  const [low, high] = [DIFFERENCE_COLOURS[below] ?? [0, 0, 0], DIFFERENCE_COLOURS[below + 1] ?? [0, 0, 0]];
  const between = (channel: 0 | 1 | 2) =>
    Math.round(low[channel] + (at - below) * (high[channel] - low[channel]));
  return [between(0), between(1), between(2)];
}
