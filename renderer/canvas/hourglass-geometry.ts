import { type Shape, valueCount } from '../../shared/tensors/shape';

/** Pixels at zoom 1. */
export const BLOCK_WIDTH = 104;
export const PILL_WIDTH = 26;
const LOWEST = 58;
const PIXELS_PER_DOUBLING = 19;

/**
 * How high a side of a block is drawn, in pixels: it grows with the logarithm of the number of values that pass
 * there, so that the bottleneck shows before any number is read. A single value has the lowest height.
 */
export function sideHeight(shape: Shape | null): number {
  if (shape === null) return LOWEST;
  const doublings = Math.log2(Math.max(1, valueCount(shape)));
  return Math.round(LOWEST + PIXELS_PER_DOUBLING * Math.max(0, doublings - 3));
}

export interface Silhouette {
  readonly width: number;
  readonly height: number;
  /** Heights of the left and the right side; both are centred. */
  readonly left: number;
  readonly right: number;
}

/** A block is drawn as the piece of the hourglass between what comes in and what goes out. */
export function silhouette(inputShape: Shape | null, outputShape: Shape | null, width: number): Silhouette {
  const left = sideHeight(inputShape ?? outputShape);
  const right = sideHeight(outputShape ?? inputShape);
  return { width, height: Math.max(left, right), left, right };
}

/** The outline as an SVG path inside `width` × `height`, its corners rounded by `radius`. */
export function silhouettePath({ width, height, left, right }: Silhouette, radius = 6): string {
  const corners = [
    [0, (height - left) / 2],
    [width, (height - right) / 2],
    [width, (height + right) / 2],
    [0, (height + left) / 2],
  ] as const;
  const parts = corners.map(([x, y], index) => {
    const [px, py] = corners[(index + 3) % 4] ?? [x, y];
    const [nx, ny] = corners[(index + 1) % 4] ?? [x, y];
    const start = towards(x, y, px, py, radius);
    const end = towards(x, y, nx, ny, radius);
    return `${index === 0 ? 'M' : 'L'}${start} Q${round(x)} ${round(y)} ${end}`;
  });
  return `${parts.join(' ')} Z`;
}

function towards(x: number, y: number, toX: number, toY: number, distance: number): string {
  const length = Math.hypot(toX - x, toY - y) || 1;
  const share = Math.min(0.5, distance / length);
  return `${round(x + (toX - x) * share)} ${round(y + (toY - y) * share)}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
