import type { Dice } from './dice';

/** x to the right, y down; a glyph fills the box from −1 to 1. */
export type Point = readonly [x: number, y: number];

/** One movement of the pen. `curve` runs smoothly through its points, `line` straight. */
export interface Stroke {
  readonly kind: 'curve' | 'line';
  readonly closed: boolean;
  readonly points: readonly Point[];
}

export interface Glyph {
  readonly name: string;
  /** How far it may be turned, in radians either way. */
  readonly turn: number;
  /** Letters and digits lean; shapes don't. */
  readonly leans: boolean;
  /** The strokes, in one of the ways in which people write it. */
  strokes(dice: Dice): readonly Stroke[];
}

const curve = (...points: Point[]): Stroke => ({ kind: 'curve', closed: false, points });
const loop = (...points: Point[]): Stroke => ({ kind: 'curve', closed: true, points });
const line = (...points: Point[]): Stroke => ({ kind: 'line', closed: false, points });
const outline = (...points: Point[]): Stroke => ({ kind: 'line', closed: true, points });

/** `corners` points on a circle, from the top, clockwise; `radius` by corner. */
function ring(corners: number, radius: (corner: number) => number): Point[] {
  return Array.from({ length: corners }, (_, corner) => {
    const angle = (2 * Math.PI * corner) / corners;
    return [Math.sin(angle) * radius(corner), -Math.cos(angle) * radius(corner)] as const;
  });
}

function digit(name: string, strokes: Glyph['strokes']): Glyph {
  return { name, turn: 0.12, leans: true, strokes };
}

function shape(name: string, turn: number, strokes: Glyph['strokes']): Glyph {
  return { name, turn, leans: false, strokes };
}

/** What the set shows; a label is a place in this list. */
export const glyphs: readonly Glyph[] = [
  digit('0', (dice) => {
    const width = dice.between(0.45, 0.66);
    return [loop(...ring(8, () => 1).map(([x, y]): Point => [x * width, y * 0.95]))];
  }),
  digit('1', (dice) => {
    const stem = line([0.05, -0.95], [0.05, 0.95]);
    if (dice.chance(0.45)) return [stem];
    const flagged = line([-0.36, -0.55], [0.05, -0.95], [0.05, 0.92]);
    return dice.chance(0.3) ? [flagged, line([-0.38, 0.92], [0.46, 0.92])] : [flagged];
  }),
  digit('2', (dice) => {
    const arch: Point[] = [
      [-0.52, -0.55],
      [-0.3, -0.86],
      [0.08, -0.95],
      [0.47, -0.68],
      [0.42, -0.2],
      [0.02, 0.3],
    ];
    if (dice.chance(0.6)) return [curve(...arch, [-0.58, 0.88]), line([-0.58, 0.88], [0.62, 0.86])];
    return [
      curve(...arch, [-0.42, 0.78], [-0.62, 0.72], [-0.4, 0.5], [-0.05, 0.74], [0.3, 0.9], [0.66, 0.78]),
    ];
  }),
  digit('3', (dice) => {
    const waist: Point = [dice.between(-0.15, 0.05), -0.06];
    const start: Point = [-0.5, -0.72];
    const upper = dice.chance(0.75)
      ? curve(start, [-0.1, -0.96], [0.4, -0.72], [0.3, -0.25], waist)
      : line([-0.5, -0.9], [0.42, -0.9], waist);
    return [upper, curve(waist, [0.42, 0.12], [0.52, 0.55], [0.12, 0.93], [-0.32, 0.9], [-0.56, 0.66])];
  }),
  digit('4', (dice) =>
    dice.chance(0.6)
      ? [line([-0.34, -0.9], [-0.52, 0.12], [0.6, 0.1]), line([dice.between(0.2, 0.36), -0.75], [0.24, 0.95])]
      : [line([0.26, 0.95], [0.26, -0.95], [-0.62, 0.32], [0.64, 0.32])],
  ),
  digit('5', () => [
    line([0.5, -0.92], [-0.36, -0.92], [-0.45, -0.14]),
    curve(
      [-0.45, -0.14],
      [0.02, -0.3],
      [0.46, 0.02],
      [0.48, 0.55],
      [0.06, 0.93],
      [-0.34, 0.9],
      [-0.58, 0.64],
    ),
  ]),
  digit('6', (dice) => [
    curve(
      [dice.between(0.15, 0.45), -0.95],
      [-0.2, -0.6],
      [-0.48, 0.02],
      [-0.46, 0.62],
      [-0.02, 0.95],
      [0.43, 0.68],
      [0.4, 0.2],
      [0, 0.04],
      [-0.4, 0.4],
    ),
  ]),
  digit('7', (dice) => {
    const bend = dice.between(-0.1, 0.14);
    const top = line([-0.56, -0.88], [0.54, -0.88]);
    const stem = curve([0.54, -0.88], [bend + 0.12, 0], [-0.16, 0.95]);
    return dice.chance(0.3) ? [top, stem, line([-0.24, 0.02], [0.46, -0.02])] : [top, stem];
  }),
  digit('8', (dice) => {
    const belly = dice.between(0.42, 0.56);
    return [
      loop(
        [0.36, -0.74],
        [0, -0.96],
        [-0.4, -0.7],
        [-0.24, -0.28],
        [0.18, 0.06],
        [belly, 0.5],
        [0.28, 0.88],
        [-0.1, 0.96],
        [-belly, 0.6],
        [-0.28, 0.18],
        [0.14, -0.16],
        [0.4, -0.48],
      ),
    ];
  }),
  digit('9', (dice) => {
    const head = curve(
      [0.46, -0.5],
      [0.14, -0.93],
      [-0.34, -0.82],
      [-0.48, -0.42],
      [-0.16, -0.1],
      [0.26, -0.22],
      [0.46, -0.58],
    );
    const tail = dice.chance(0.6)
      ? curve([0.46, -0.6], [0.42, 0.2], [0.26, 0.95])
      : curve([0.46, -0.6], [0.46, 0.3], [0.14, 0.88], [-0.36, 0.84]);
    return [head, tail];
  }),
  shape('circle', Math.PI, () => [loop(...ring(8, () => 0.9))]),
  shape('square', 0.35, () => [outline([-0.78, -0.78], [0.78, -0.78], [0.78, 0.78], [-0.78, 0.78])]),
  shape('triangle', 0.35, () => [outline([0, -0.9], [0.88, 0.72], [-0.88, 0.72])]),
  shape('cross', Math.PI / 2, () => [line([0, -0.92], [0, 0.92]), line([-0.92, 0], [0.92, 0])]),
  shape('star', 0.4, () => [outline(...ring(10, (corner) => (corner % 2 === 0 ? 1 : 0.42)))]),
];
