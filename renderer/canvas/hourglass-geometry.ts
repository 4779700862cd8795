import { nodeHeight, nodeWidth, sideHeight } from '../../shared/plan/auto-layout';
import type { DrawingNode } from '../../shared/plan/drawing';
import type { Shape } from '../../shared/tensors/shape';

export interface Silhouette {
  readonly width: number;
  readonly height: number;
  /** Heights of the left and the right side; both are centred. */
  readonly left: number;
  readonly right: number;
}

/** Width of a node, in pixels at zoom 1. */
export function widthOf(node: DrawingNode): number {
  return nodeWidth(node.kind);
}

/** A block is drawn as the piece of the hourglass between what comes in and what goes out. */
export function silhouette(inputShape: Shape | null, outputShape: Shape | null, width: number): Silhouette {
  return {
    width,
    height: nodeHeight(inputShape, outputShape),
    left: sideHeight(inputShape ?? outputShape),
    right: sideHeight(outputShape ?? inputShape),
  };
}

/** Height of what a block shows of a run (`block-eye.tsx`), and how far from its middle its words reach at zoom 1. */
const EYE = 50;
const WORDS = 40;
/** Room for the mark on the block's lower edge. */
const EYE_MARGIN = 13;

/** Where that stands, in pixels from the block's upper edge. */
export interface EyePlace {
  readonly top: number;
  /** The lower edge of the block, halfway between its sides. */
  readonly edge: number;
}

/** Inside the block under its words where there is room, else below it. */
export function eyePlace({ height, left, right }: Silhouette): EyePlace {
  const inside = (height + Math.min(left, right)) / 2 - EYE_MARGIN - EYE;
  const below = (height + Math.max(left, right)) / 2 + EYE_MARGIN;
  return {
    top: inside >= height / 2 + WORDS ? inside : below,
    edge: height / 2 + (left + right) / 4,
  };
}

/**
 * The outline as an SVG path inside `width` × `height`, its corners rounded by `radius` and every side moved out by
 * `margin`, all in pixels.
 */
export function silhouettePath({ width, height, left, right }: Silhouette, radius = 6, margin = 0): string {
  const corners = [
    [-margin, (height - left) / 2 - margin],
    [width + margin, (height - right) / 2 - margin],
    [width + margin, (height + right) / 2 + margin],
    [-margin, (height + left) / 2 + margin],
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

/**
 * A bold line that tells the halves apart without colour: at the left side in the encoder, at the right in the decoder,
 * at both around the code.
 */
export function markPath(
  { width, height, left, right }: Silhouette,
  half: 'encoder' | 'code' | 'decoder',
): string {
  const line = (x: number, length: number) =>
    `M${x} ${round((height - length) / 2 + 8)} V${round((height + length) / 2 - 8)}`;
  const lines: string[] = [];
  if (half !== 'decoder') lines.push(line(1, left));
  if (half !== 'encoder') lines.push(line(width - 1, right));
  return lines.join(' ');
}

function towards(x: number, y: number, toX: number, toY: number, distance: number): string {
  const length = Math.hypot(toX - x, toY - y) || 1;
  const share = Math.min(0.5, distance / length);
  return `${round(x + (toX - x) * share)} ${round(y + (toY - y) * share)}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
