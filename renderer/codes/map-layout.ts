import type { Cloud } from './cloud';

/** How codes are brought into a plane. */
export type LayoutKind = 'pca' | 'umap' | 'values';

/** Two directions through the mean of the codes, `size` values each, orthonormal. */
export type PlaneAxes = readonly [readonly number[], readonly number[]];

/** The two values of a code that are shown; for a code of a single value the second is none of it. */
export type ShownValues = readonly [x: number, y: number];

/** Where codes lie by two of their values: count × 2. A code of one value is strewn out along the other axis. */
export function valuePoints({ codes, size, count }: Cloud, [x, y]: ShownValues): Float32Array {
  const points = new Float32Array(2 * count);
  for (let place = 0; place < count; place += 1) {
    points[2 * place] = codes[place * size + x] ?? 0;
    points[2 * place + 1] = size === 1 ? strewn(place) : (codes[place * size + y] ?? 0);
  }
  return points;
}

/** Where codes lie in a plane through their mean: count × 2. */
export function planePoints({ codes, size, count, mean }: Cloud, [first, second]: PlaneAxes): Float32Array {
  const points = new Float32Array(2 * count);
  for (let place = 0; place < count; place += 1) {
    let [x, y] = [0, 0];
    for (let at = 0; at < size; at += 1) {
      const off = (codes[place * size + at] ?? 0) - (mean[at] ?? 0);
      x += off * (first[at] ?? 0);
      y += off * (second[at] ?? 0);
    }
    points[2 * place] = x;
    points[2 * place + 1] = y;
  }
  return points;
}

/** −1 … 1, the same for the same place, with neighbours far apart (multiples of the golden ratio). */
function strewn(place: number): number {
  return 2 * ((place * 0.618_033_988_749_895) % 1) - 1;
}

/** A rotation of the plane, or a reflection: x′ = xx·x + xy·y, y′ = yx·x + yy·y. */
export interface Turn {
  readonly xx: number;
  readonly xy: number;
  readonly yx: number;
  readonly yy: number;
}

/**
 * The rotation or reflection about their middles that brings points nearest to where the same ones lay before (orthogonal
 * Procrustes; Schönemann 1966). Points without a place (NaN) do not count.
 */
export function bestTurn(points: Float32Array, before: Float32Array): Turn {
  const [own, other] = [middleOf(points, before), middleOf(before, points)];
  let [xx, xy, yx, yy] = [0, 0, 0, 0];
  for (let at = 0; at + 1 < points.length; at += 2) {
    const [px, py] = [(points[at] ?? 0) - own.x, (points[at + 1] ?? 0) - own.y];
    const [bx, by] = [(before[at] ?? 0) - other.x, (before[at + 1] ?? 0) - other.y];
    if (!Number.isFinite(px + py + bx + by)) continue;
    xx += bx * px;
    xy += bx * py;
    yx += by * px;
    yy += by * py;
  }
  // Of two dimensions the best rotation and the best reflection are known in closed form; the better one is taken.
  const [turned, mirrored] = [Math.hypot(xx + yy, yx - xy), Math.hypot(xx - yy, yx + xy)];
  if (Math.max(turned, mirrored) === 0) return { xx: 1, xy: 0, yx: 0, yy: 1 };
  if (turned >= mirrored) {
    const [cosine, sine] = [(xx + yy) / turned, (yx - xy) / turned];
    return { xx: cosine, xy: -sine, yx: sine, yy: cosine };
  }
  const [cosine, sine] = [(xx - yy) / mirrored, (yx + xy) / mirrored];
  return { xx: cosine, xy: sine, yx: sine, yy: -cosine };
}

/** Axes whose points are those of `axes`, turned. */
export function turnedAxes([first, second]: PlaneAxes, { xx, xy, yx, yy }: Turn): PlaneAxes {
  return [
    first.map((value, at) => xx * value + xy * (second[at] ?? 0)),
    first.map((value, at) => yx * value + yy * (second[at] ?? 0)),
  ];
}

/** Points turned about their middle, which is put where the middle of those before was. */
export function turnedPoints(points: Float32Array, before: Float32Array): Float32Array {
  const { xx, xy, yx, yy } = bestTurn(points, before);
  const [own, other] = [middleOf(points, before), middleOf(before, points)];
  const turned = new Float32Array(points.length);
  for (let at = 0; at + 1 < points.length; at += 2) {
    const [x, y] = [(points[at] ?? 0) - own.x, (points[at + 1] ?? 0) - own.y];
    turned[at] = xx * x + xy * y + other.x;
    turned[at + 1] = yx * x + yy * y + other.y;
  }
  return turned;
}

/** The mean of those points that have a place in both. */
function middleOf(points: Float32Array, also: Float32Array): { readonly x: number; readonly y: number } {
  let [x, y, count] = [0, 0, 0];
  for (let at = 0; at + 1 < points.length; at += 2) {
    const [px, py] = [points[at] ?? 0, points[at + 1] ?? 0];
    if (!Number.isFinite(px + py + (also[at] ?? 0) + (also[at + 1] ?? 0))) continue;
    x += px;
    y += py;
    count += 1;
  }
  return count > 0 ? { x: x / count, y: y / count } : { x: 0, y: 0 };
}
