import type { Position } from '../../shared/document/edits';

/** A line of points, one straight piece from each to the next. */
export type Stroke = readonly Position[];

/** Whether two lines meet anywhere. */
export function crosses(a: Stroke, b: Stroke): boolean {
  return a.some((to, index) => {
    const from = a[index - 1];
    return from !== undefined && b.some((end, other) => meet(from, to, b[other - 1], end));
  });
}

/** Whether two straight pieces have a point in common. */
function meet(a: Position, b: Position, c: Position | undefined, d: Position): boolean {
  if (!c) return false;
  const [cSide, dSide] = [side(a, b, c), side(a, b, d)];
  const [aSide, bSide] = [side(c, d, a), side(c, d, b)];
  if (cSide === 0 && dSide === 0) return spansMeet(a.x, b.x, c.x, d.x) && spansMeet(a.y, b.y, c.y, d.y);
  return cSide * dSide <= 0 && aSide * bSide <= 0;
}

/** On which side of a line a point lies: above 0, below 0, or on it. */
function side(from: Position, to: Position, point: Position): number {
  return Math.sign((to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x));
}

function spansMeet(a: number, b: number, c: number, d: number): boolean {
  return Math.max(Math.min(a, b), Math.min(c, d)) <= Math.min(Math.max(a, b), Math.max(c, d));
}
