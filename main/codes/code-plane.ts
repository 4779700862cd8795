import { principalComponents } from '../pca/principal-components';
import type { CodeStatistics, Codes } from './code-statistics';

/** The plane in which codes are spread the most. A code c lies at ((c − mean) · first, (c − mean) · second) in it. */
export interface CodePlane {
  /** Orthonormal directions, `size` values each; the one of greatest variance first. */
  readonly axes: readonly [first: Float64Array, second: Float64Array];
  /** Which share of the codes' variance lies along each. */
  readonly shares: readonly [first: number, second: number];
}

/** The first two principal components of codes; null where a code is a single value. */
export function codePlane({ codes, size }: Codes, { mean, deviation }: CodeStatistics): CodePlane | null {
  if (size < 2) return null;
  const found = principalComponents({ values: codes, count: codes.length / size, width: size }, 2).axes;
  const [first, second] = [found?.[0] ?? unit(size, 0), found?.[1]];
  const axes = [first, second ?? unit(size, found?.[0] ? perpendicularPlace(first) : 1)] as const;
  const all = deviation.reduce((sum, each) => sum + each ** 2, 0);
  const share = (axis: Float64Array) => (all > 0 ? varianceAlong({ codes, size }, mean, axis) / all : 0);
  return { axes, shares: [share(axes[0]), share(axes[1])] };
}

function unit(size: number, place: number): Float64Array {
  const axis = new Float64Array(size);
  axis[place] = 1;
  return axis;
}

/** Where codes lie on one line there is no second direction: a value that the first one has least of stands in. */
function perpendicularPlace(axis: Float64Array): number {
  let place = 0;
  for (let at = 1; at < axis.length; at++) if (Math.abs(axis[at]!) < Math.abs(axis[place]!)) place = at;
  return place;
}

function varianceAlong({ codes, size }: Codes, mean: Float64Array, axis: Float64Array): number {
  let sum = 0;
  for (let start = 0; start < codes.length; start += size) {
    let along = 0;
    for (let at = 0; at < size; at++) along += (codes[start + at]! - mean[at]!) * axis[at]!;
    sum += along ** 2;
  }
  return (sum * size) / codes.length;
}
