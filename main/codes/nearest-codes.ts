import type { Codes } from './code-statistics';

/** Of each code, in order: the places of its nearest codes, itself first, and how far they are (Euclidean distance). */
export interface NearestCodes {
  readonly indices: number[][];
  readonly distances: number[][];
}

/**
 * Finds the `neighbours` nearest codes of every code exactly, by comparing all pairs: for thousands of codes that is faster
 * than an approximate search in JavaScript, and it repeats.
 *
 * @param done told now and then how many codes are through
 */
export function nearestCodes(
  { codes, size }: Codes,
  neighbours: number,
  done: (count: number) => void = () => {},
): NearestCodes {
  const count = codes.length / size;
  const kept = Math.min(neighbours, count);
  const indices: number[][] = [];
  const distances: number[][] = [];
  const squares = new Float64Array(kept);
  const places = new Int32Array(kept);
  for (let own = 0; own < count; own++) {
    squares.fill(Number.POSITIVE_INFINITY);
    for (let other = 0; other < count; other++) {
      const square = other === own ? -1 : squaredDistance(codes, size, own, other, squares[kept - 1]!);
      if (square >= squares[kept - 1]!) continue;
      let at = kept - 1;
      for (; at > 0 && squares[at - 1]! > square; at--) {
        squares[at] = squares[at - 1]!;
        places[at] = places[at - 1]!;
      }
      squares[at] = square;
      places[at] = other;
    }
    indices.push([...places]);
    distances.push(Array.from(squares, (square) => Math.sqrt(Math.max(0, square))));
    if (own % 500 === 499) done(own + 1);
  }
  return { indices, distances };
}

/** @param enough a sum that is reached already need not be finished */
function squaredDistance(codes: Float32Array, size: number, a: number, b: number, enough: number): number {
  let sum = 0;
  const [from, to] = [a * size, b * size];
  for (let at = 0; at < size; at++) {
    const difference = codes[from + at]! - codes[to + at]!;
    sum += difference * difference;
    if (sum >= enough) return sum;
  }
  return sum;
}
