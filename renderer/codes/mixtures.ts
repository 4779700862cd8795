/** Steps of a strip between two codes, both among them. */
export const STRIP = 9;
/** Rows and columns of a grid among four. */
export const GRID = 5;

/** Codes on the straight line from one to another, evenly spaced. */
export function codesBetween(a: readonly number[], b: readonly number[], steps = STRIP): number[][] {
  return Array.from({ length: steps }, (_, step) => mixed(a, b, steps === 1 ? 0 : step / (steps - 1)));
}

/**
 * A grid of codes with four in its corners: `a` and `b` above, `c` and `d` below, row by row; mixed first across, then down
 * (bilinear). Where the fourth is missing, it is what makes a parallelogram: b + c − a.
 */
export function codesAmong(
  a: readonly number[],
  b: readonly number[],
  c: readonly number[],
  d: readonly number[] | null,
): number[][] {
  const fourth = d ?? a.map((value, at) => (b[at] ?? 0) + (c[at] ?? 0) - value);
  return codesBetween(a, c, GRID).flatMap((left, row) =>
    codesBetween(left, codesBetween(b, fourth, GRID)[row] ?? left, GRID),
  );
}

function mixed(a: readonly number[], b: readonly number[], share: number): number[] {
  return a.map((value, at) => value + ((b[at] ?? 0) - value) * share);
}
