import { addFourOuter, dot, type FourRows, projectFour } from './dense-kernels';
import { type Rows, readRow } from './rows';

/** The covariance matrix of rows, as something to multiply with. */
export interface Covariance {
  readonly mean: Float64Array;
  /** The sum of the matrix's diagonal: the mean squared distance of a row from the mean. */
  readonly variance: number;
  /** The matrix times each of the vectors. */
  times(vectors: readonly Float64Array[]): Float64Array[];
}

/** How often an iteration multiplies with the covariance, as the choice of the cheaper way takes it. */
const USUAL_PASSES = 6;
/** Beyond this width the matrix itself (8 bytes a value, squared) is never formed. */
const WIDEST_MATRIX = 4096;
const ROWS_LOOKED_AT = 200;

/**
 * Takes the cheaper of two ways: to form the matrix once, which costs the square of a row's non-zero values (few in
 * line drawings), or to go through the rows at every product.
 *
 * @param columns vectors a product will be asked for
 */
export function covarianceOf(rows: Rows, columns: number): Covariance {
  return formsMatrix(rows, columns) ? formedCovariance(rows) : passedCovariance(rows);
}

/** Multiplications and additions that a row costs in a whole fit with `columns` vectors: a rough count. */
export function rowCost(rows: Rows, columns: number): number {
  const byPasses = 2 * USUAL_PASSES * columns * rows.width;
  return formsMatrix(rows, columns) ? 2 * nonZeroSquare(rows) : byPasses;
}

function formsMatrix(rows: Rows, columns: number): boolean {
  const { width } = rows;
  // Adding to the matrix at scattered places takes twice the time of the straight loops over rows.
  return width <= WIDEST_MATRIX && 2 * nonZeroSquare(rows) < 2 * USUAL_PASSES * columns * width;
}

/** Half the mean square of the number of values in a row that are not 0, from the first rows. */
function nonZeroSquare({ values, width, count }: Rows): number {
  const looked = Math.min(count, ROWS_LOOKED_AT);
  let sum = 0;
  for (let index = 0; index < looked; index++) {
    let nonZero = 0;
    for (let at = index * width; at < (index + 1) * width; at++) if (values[at] !== 0) nonZero += 1;
    sum += nonZero * nonZero;
  }
  return sum / looked / 2;
}

function formedCovariance(rows: Rows): Covariance {
  const { width, count } = rows;
  const moments = new Float64Array(width * width);
  const mean = new Float64Array(width);
  const row = new Float64Array(width);
  const places = new Int32Array(width);
  const present = new Float64Array(width);
  for (let index = 0; index < count; index++) {
    readRow(rows, index, row);
    let size = 0;
    for (let at = 0; at < width; at++) {
      const value = row[at]!;
      if (value === 0) continue;
      mean[at]! += value;
      places[size] = at;
      present[size] = value;
      size += 1;
    }
    // The upper half only: the matrix is symmetric.
    for (let first = 0; first < size; first++) {
      const start = places[first]! * width;
      const value = present[first]!;
      for (let second = first; second < size; second++) {
        moments[start + places[second]!]! += value * present[second]!;
      }
    }
  }
  for (let at = 0; at < width; at++) mean[at]! /= count;
  for (let first = 0; first < width; first++) {
    for (let second = first; second < width; second++) {
      const value = moments[first * width + second]! / count - mean[first]! * mean[second]!;
      moments[first * width + second] = value;
      moments[second * width + first] = value;
    }
  }
  const lines = Array.from({ length: width }, (_, at) => moments.subarray(at * width, (at + 1) * width));
  const variance = lines.reduce((sum, line, at) => sum + line[at]!, 0);
  return { mean, variance, times: (vectors) => productOf(lines, vectors) };
}

/** A square matrix, given by its rows, times each of the vectors. */
function productOf(lines: readonly Float64Array[], vectors: readonly Float64Array[]): Float64Array[] {
  const images = vectors.map((vector) => new Float64Array(vector.length));
  const codes = new Float64Array(4 * vectors.length);
  const none = new Float64Array(lines.length);
  for (let start = 0; start < lines.length; start += 4) {
    const four: FourRows = [
      lines[start]!,
      lines[start + 1] ?? none,
      lines[start + 2] ?? none,
      lines[start + 3] ?? none,
    ];
    projectFour(four, vectors, codes);
    for (const [column, image] of images.entries()) {
      const kept = Math.min(4, image.length - start);
      image.set(codes.subarray(4 * column, 4 * column + kept), start);
    }
  }
  return images;
}

function passedCovariance(rows: Rows): Covariance {
  const { width, count } = rows;
  const mean = new Float64Array(width);
  const row = new Float64Array(width);
  let squares = 0;
  for (let index = 0; index < count; index++) {
    readRow(rows, index, row);
    for (let at = 0; at < width; at++) {
      mean[at]! += row[at]!;
      squares += row[at]! ** 2;
    }
  }
  for (let at = 0; at < width; at++) mean[at]! /= count;
  const variance = squares / count - dot(mean, mean);
  const four: FourRows = [row, new Float64Array(width), new Float64Array(width), new Float64Array(width)];
  const times = (vectors: readonly Float64Array[]) => {
    const images = vectors.map(() => new Float64Array(width));
    const codes = new Float64Array(4 * vectors.length);
    for (let start = 0; start < count; start += 4) {
      for (const [place, one] of four.entries()) {
        if (start + place < count) {
          readRow(rows, start + place, one);
          for (let at = 0; at < width; at++) one[at]! -= mean[at]!;
        } else {
          one.fill(0);
        }
      }
      projectFour(four, vectors, codes);
      addFourOuter(four, codes, images);
    }
    for (const image of images) for (let at = 0; at < width; at++) image[at]! /= count;
    return images;
  };
  return { mean, variance, times };
}
