import type { Dice } from './dice';
import type { Glyph, Point, Stroke } from './glyphs';

export const GLYPH_SIZE = 28;

/** Pieces in which a curve runs from one of its points to the next. */
const PIECES = 5;
const CENTRE = (GLYPH_SIZE - 1) / 2;
/** Pixels from the centre of the picture to the edge of the glyph's box. */
const REACH = 9.2;

/**
 * Draws `glyph` white on black, as a hand would: leaning, turned, shifted, wobbling, with a pen of its own width
 * that presses unevenly. Edges are smooth: a pixel is as bright as the pen covers it.
 *
 * @param pixels 28 × 28 bytes, all 0
 */
export function drawGlyph(glyph: Glyph, dice: Dice, pixels: Uint8Array): void {
  const toPixels = handOf(glyph, dice);
  const pen = dice.between(0.85, 1.65);
  const pressure = dice.between(0.05, 0.22);
  const phase = dice.between(0, 2 * Math.PI);
  const ink = dice.between(215, 255);
  const wobble = glyph.leans ? 0.055 : 0.035;
  for (const stroke of glyph.strokes(dice)) {
    const path = pathOf(stroke, wobble, dice).map(toPixels);
    for (let index = 1; index < path.length; index++) {
      const from = path[index - 1];
      const to = path[index];
      if (from && to) {
        const radius = (at: number) => pen * (1 + pressure * Math.sin(phase + (5 * at) / path.length));
        coverPiece(pixels, from, to, radius(index - 1), radius(index), ink);
      }
    }
  }
}

/** Size, slant, turn and place of this sample, as one map from the glyph's box to pixels. */
function handOf(glyph: Glyph, dice: Dice): (point: Point) => Point {
  const width = REACH * dice.between(0.8, 1.08);
  const height = glyph.leans ? REACH * dice.between(0.86, 1.1) : width * dice.between(0.9, 1.1);
  const slant = glyph.leans ? 0.1 + dice.around(0.3) : 0;
  const turn = dice.between(-glyph.turn, glyph.turn);
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  const left = CENTRE + dice.around(1.4);
  const top = CENTRE + dice.around(1.2);
  return ([x, y]) => {
    const across = (x - slant * y) * width;
    const down = y * height;
    return [left + across * cos - down * sin, top + across * sin + down * cos];
  };
}

/** The stroke's points, each a little off, joined by short straight pieces. */
function pathOf(stroke: Stroke, wobble: number, dice: Dice): Point[] {
  const points = stroke.points.map(([x, y]): Point => [x + dice.around(wobble), y + dice.around(wobble)]);
  const ring = stroke.closed ? points.length : points.length - 1;
  const at = (index: number): Point => {
    const last = points.length - 1;
    const place = stroke.closed
      ? (index + points.length) % points.length
      : Math.max(0, Math.min(last, index));
    return points[place] ?? [0, 0];
  };
  const path: Point[] = [at(0)];
  for (let start = 0; start < ring; start++) {
    if (stroke.kind === 'line') {
      path.push(at(start + 1));
      continue;
    }
    for (let piece = 1; piece <= PIECES; piece++) {
      path.push(between([at(start - 1), at(start), at(start + 1), at(start + 2)], piece / PIECES));
    }
  }
  return path;
}

/** A point of the smooth curve from b to c, at 0 < t ≤ 1 (Catmull & Rom, 1974). */
function between([a, b, c, d]: readonly [Point, Point, Point, Point], t: number): Point {
  const along = (axis: 0 | 1) =>
    0.5 *
    (2 * b[axis] +
      (c[axis] - a[axis]) * t +
      (2 * a[axis] - 5 * b[axis] + 4 * c[axis] - d[axis]) * t * t +
      (3 * b[axis] - a[axis] - 3 * c[axis] + d[axis]) * t * t * t);
  return [along(0), along(1)];
}

/** Inks the pixels under a straight piece of the pen's way; the pen's radius runs from one end's to the other's. */
function coverPiece(
  pixels: Uint8Array,
  [fromX, fromY]: Point,
  [toX, toY]: Point,
  fromRadius: number,
  toRadius: number,
  ink: number,
): void {
  const reach = Math.max(fromRadius, toRadius) + 0.5;
  const left = Math.max(0, Math.ceil(Math.min(fromX, toX) - reach));
  const right = Math.min(GLYPH_SIZE - 1, Math.floor(Math.max(fromX, toX) + reach));
  const top = Math.max(0, Math.ceil(Math.min(fromY, toY) - reach));
  const bottom = Math.min(GLYPH_SIZE - 1, Math.floor(Math.max(fromY, toY) + reach));
  const alongX = toX - fromX;
  const alongY = toY - fromY;
  const lengthSquared = Math.max(1e-9, alongX * alongX + alongY * alongY);
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const share = ((x - fromX) * alongX + (y - fromY) * alongY) / lengthSquared;
      const nearest = Math.max(0, Math.min(1, share));
      const offX = x - fromX - nearest * alongX;
      const offY = y - fromY - nearest * alongY;
      const radius = fromRadius + (toRadius - fromRadius) * nearest;
      const cover = radius + 0.5 - Math.sqrt(offX * offX + offY * offY);
      if (cover <= 0) continue;
      const place = y * GLYPH_SIZE + x;
      const value = Math.round(ink * Math.min(1, cover));
      if (value > (pixels[place] ?? 0)) pixels[place] = value;
    }
  }
}
