import { type Cloud, codeAt } from './cloud';
import type { LayoutKind, PlaneAxes, ShownValues } from './map-layout';

/** A place in the plane that codes are shown in. */
export interface MapPlace {
  readonly x: number;
  readonly y: number;
}

/** What the plane says about a code. */
export interface PlaneMeaning {
  readonly cloud: Cloud;
  readonly kind: LayoutKind;
  readonly values: ShownValues;
  /** Of PCA; null before it is known. */
  readonly axes: PlaneAxes | null;
  /** Where the codes lie. */
  readonly points: Float32Array;
}

/** How many codes a place in a UMAP layout is made of. */
const MIXED = 5;

/**
 * The code at a place of the plane. Of two values, the others are those of `held`; of PCA, `held` is moved within the plane;
 * UMAP has no inverse: there the nearest five codes are mixed, each by the inverse of its squared distance (Shepard 1968).
 *
 * @param held a whole code: the mean, or that of a sample
 */
export function codeAtPlace(meaning: PlaneMeaning, { x, y }: MapPlace, held: readonly number[]): number[] {
  const { cloud, kind, values, axes, points } = meaning;
  if (kind === 'umap') return mixedCode(cloud, points, { x, y });
  if (kind === 'values' || !axes) {
    return held.map((value, at) => (at === values[0] ? x : at === values[1] && cloud.size > 1 ? y : value));
  }
  const from = placeOfCode(meaning, held);
  const [first, second] = axes;
  return held.map((value, at) => value + (x - from.x) * (first[at] ?? 0) + (y - from.y) * (second[at] ?? 0));
}

/** Where a code lies in the plane; of UMAP, where the real code nearest to it does. */
export function placeOfCode(
  { cloud, kind, values, axes, points }: PlaneMeaning,
  code: readonly number[],
  nearest = -1,
): MapPlace {
  if (kind === 'umap')
    return { x: points[2 * nearest] ?? Number.NaN, y: points[2 * nearest + 1] ?? Number.NaN };
  if (kind === 'values' || !axes) {
    return { x: code[values[0]] ?? 0, y: cloud.size > 1 ? (code[values[1]] ?? 0) : 0 };
  }
  const along = (axis: readonly number[]) =>
    code.reduce((sum, value, at) => sum + (value - (cloud.mean[at] ?? 0)) * (axis[at] ?? 0), 0);
  return { x: along(axes[0]), y: along(axes[1]) };
}

function mixedCode(cloud: Cloud, points: Float32Array, place: MapPlace): number[] {
  const near = nearestPoints(points, place, MIXED);
  const code = new Array<number>(cloud.size).fill(0);
  let sum = 0;
  for (const { at, square } of near) {
    const own = codeAt(cloud, at);
    if (square === 0) return own;
    const weight = 1 / square;
    sum += weight;
    for (const [value, each] of own.entries()) code[value] = (code[value] ?? 0) + weight * each;
  }
  return sum > 0 ? code.map((value) => value / sum) : [...cloud.mean];
}

/** The points nearest to a place, the nearest first, by the square of their distance. */
export function nearestPoints(
  points: Float32Array,
  { x, y }: MapPlace,
  most: number,
): { readonly at: number; readonly square: number }[] {
  const found: { at: number; square: number }[] = [];
  for (let at = 0; 2 * at + 1 < points.length; at += 1) {
    const square = ((points[2 * at] ?? 0) - x) ** 2 + ((points[2 * at + 1] ?? 0) - y) ** 2;
    // Not true of points without a place.
    if (!(square < (found[most - 1]?.square ?? Number.POSITIVE_INFINITY))) continue;
    const before = found.findIndex((each) => each.square > square);
    found.splice(before < 0 ? found.length : before, 0, { at, square });
    if (found.length > most) found.pop();
  }
  return found;
}
