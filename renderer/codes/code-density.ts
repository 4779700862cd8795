/** Where in the plane codes are dense: `side` × `side` cells, row by row from the least y up. */
export interface CodeDensity {
  readonly side: number;
  readonly left: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
  /** Of each cell: 1 where it is on the data, 0 where it is off them, between at the border. */
  readonly on: Float32Array;
}

const SIDE = 96;
/** How far the grid goes beyond the outermost codes, as a share of their extent. */
const BEYOND = 0.25;
/** Scott's bandwidth suits one heap of codes; codes lie in several, so half of it is taken. */
const BANDWIDTH = 0.5;
/** The share of codes that are off the data by this measure themselves. */
const LEFT_OUT = 0.02;

/**
 * Which areas of the plane are on the data: those in which a kernel density estimate of the codes (Gaussian, bandwidth after
 * Scott 1992) is at least as high as at 98% of the codes themselves (a highest density region; Hyndman 1996).
 *
 * @param points count × 2; those without a place (NaN) do not count
 * @returns null where fewer than two have a place
 */
export function codeDensity(points: Float32Array): CodeDensity | null {
  const { count, x, y } = spreadOf(points);
  if (count < 2) return null;
  const frame = { left: x.least - BEYOND * x.extent, bottom: y.least - BEYOND * y.extent };
  const [width, height] = [x.extent * (1 + 2 * BEYOND), y.extent * (1 + 2 * BEYOND)];
  const [perX, perY] = [SIDE / width, SIDE / height];
  const cells = new Int32Array(count);
  const counts = new Float32Array(SIDE * SIDE);
  let placed = 0;
  for (let at = 0; at + 1 < points.length; at += 2) {
    const column = Math.min(SIDE - 1, Math.floor((points[at]! - frame.left) * perX));
    const row = Math.min(SIDE - 1, Math.floor((points[at + 1]! - frame.bottom) * perY));
    const cell = row * SIDE + column;
    // Not true of points without a place.
    if (!(cell >= 0)) continue;
    cells[placed] = cell;
    placed += 1;
    counts[cell]! += 1;
  }
  const scott = BANDWIDTH * count ** (-1 / 6);
  const density = blurred(counts, scott * x.deviation * perX, scott * y.deviation * perY);
  const own = Float32Array.from(cells.subarray(0, placed), (cell) => density[cell] ?? 0).sort();
  const least = Math.max(own[Math.floor(LEFT_OUT * placed)] ?? 0, 1e-12);
  // From half the density to all of it, so that the border is soft.
  const on = density.map((value) => Math.min(1, Math.max(0, (2 * value) / least - 1)));
  return { side: SIDE, ...frame, width, height, on };
}

interface Spread {
  readonly least: number;
  readonly extent: number;
  readonly deviation: number;
}

function spreadOf(points: Float32Array): { readonly count: number; readonly x: Spread; readonly y: Spread } {
  const along = (offset: number): Spread & { readonly count: number } => {
    let [least, most, sum, squares, count] = [Infinity, -Infinity, 0, 0, 0];
    for (let at = offset; at < points.length; at += 2) {
      const value = points[at] ?? 0;
      if (!Number.isFinite(value)) continue;
      least = Math.min(least, value);
      most = Math.max(most, value);
      sum += value;
      squares += value * value;
      count += 1;
    }
    const deviation = Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
    // Where all lie on one line there is an extent all the same.
    const extent = most > least ? most - least : 1;
    return { count, least: most > least ? least : least - 0.5, extent, deviation: deviation || 0.1 };
  };
  const [x, y] = [along(0), along(1)];
  return { count: x.count, x, y };
}

/** A Gaussian blur of the grid, along one axis and then the other. Deviations in cells. */
function blurred(grid: Float32Array, across: number, along: number): Float32Array {
  return blurredBy(blurredBy(grid, kernelOf(across), 1, SIDE), kernelOf(along), SIDE, 1);
}

function kernelOf(deviation: number): Float32Array {
  const wide = Math.max(0.5, deviation);
  const reach = Math.ceil(3 * wide);
  const kernel = Float32Array.from({ length: 2 * reach + 1 }, (_, at) =>
    Math.exp(-0.5 * ((at - reach) / wide) ** 2),
  );
  const sum = kernel.reduce((total, value) => total + value, 0);
  return kernel.map((value) => value / sum);
}

function blurredBy(grid: Float32Array, kernel: Float32Array, step: number, line: number): Float32Array {
  const result = new Float32Array(grid.length);
  const reach = (kernel.length - 1) / 2;
  for (let start = 0; start < SIDE; start += 1) {
    for (let at = 0; at < SIDE; at += 1) {
      let sum = 0;
      for (let tap = Math.max(0, at - reach); tap <= Math.min(SIDE - 1, at + reach); tap += 1) {
        sum += (grid[start * line + tap * step] ?? 0) * (kernel[tap - at + reach] ?? 0);
      }
      result[start * line + at * step] = sum;
    }
  }
  return result;
}

/** Whether a place is off the data, by the density of the codes around it. */
export function isOffData(
  { side, left, bottom, width, height, on }: CodeDensity,
  x: number,
  y: number,
): boolean {
  const column = Math.floor(((x - left) / width) * side);
  const row = Math.floor(((y - bottom) / height) * side);
  if (column < 0 || row < 0 || column >= side || row >= side) return true;
  return (on[row * side + column] ?? 0) < 0.5;
}
