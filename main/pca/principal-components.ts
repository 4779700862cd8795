import { EVD, Matrix } from 'ml-matrix';
import { lossSumOf, type WeightedLoss } from '../../shared/losses/loss-sum';
import type { Measured } from '../../shared/measures/catalogue';
import { MeasureTally } from '../../shared/measures/measure-tally';
import type { Shape } from '../../shared/tensors/shape';
import { normals } from '../random/philox';
import { covarianceOf } from './covariance';
import { addScaled, dot, norm, projections } from './dense-kernels';
import { type Rows, readRow } from './rows';

/** The straight-line code: a row x is coded as axesᵀ(x − mean) and comes back as mean + axes · code. */
export interface Pca {
  /** In the 0–1 scale for uint8 data, else in the data's own. */
  readonly mean: Float64Array;
  /** Orthonormal directions, the one of greatest variance first; null where the code loses nothing. */
  readonly axes: readonly Float64Array[] | null;
  readonly components: number;
  /** Rows it was fitted on. */
  readonly fittedOn: number;
}

/** Means over all values of all rows. */
export interface PcaError {
  readonly mse: number;
  /** Of the kind that was asked for. */
  readonly loss: number;
  readonly measures: Measured;
  /** The mean squared error of each row. */
  readonly errors: readonly number[];
}

/** How rows are to be measured. */
export interface PcaMeasuring {
  readonly losses: readonly WeightedLoss[];
  /** Of one sample. */
  readonly shape: Shape;
  /** The largest difference there may be between two values: 1 for pictures. */
  readonly peak: number;
}

/** Directions beyond those asked for, which make the iteration converge fast (Halko et al. advise 5 to 10). */
export const OVERSAMPLING = 10;
const MOST_PASSES = 12;
/** The iteration ends when a pass takes less than this share off the variance that is left over. */
const TOLERANCE = 4e-3;
/** Rows of the passes that only find the rough directions. */
const ROUGH_ROWS = 400;
const ROUGH_PASSES = 4;
/** Tells the numbers that the iteration starts from. */
const START_SITE = 'pca';

/**
 * The `components` directions of greatest variance, by randomized subspace iteration with a Rayleigh–Ritz step
 * (Halko, Martinsson & Tropp, 2011), which needs the covariance matrix only as something to multiply with. Repeats
 * exactly.
 */
export function principalComponents(rows: Rows, components: number): Pca {
  const { width, count } = rows;
  if (components >= width) return { mean: new Float64Array(width), axes: null, components, fittedOn: count };
  const columns = Math.min(components + OVERSAMPLING, width);
  let axes: readonly Float64Array[] = Array.from({ length: columns }, (_, column) =>
    Float64Array.from(normals(0, START_SITE, column, width)),
  );
  if (count > 4 * ROUGH_ROWS) {
    const rough = covarianceOf({ ...rows, count: ROUGH_ROWS }, columns);
    for (let pass = 0; pass < ROUGH_PASSES; pass++) axes = orthonormal(rough.times(axes));
  }
  const covariance = covarianceOf(rows, columns);
  axes = orthonormal(axes);
  let captured = 0;
  for (let pass = 0; ; pass++) {
    const product = covariance.times(axes);
    const variance = axes.reduce((sum, axis, column) => sum + dot(axis, product[column]!), 0);
    if (pass === MOST_PASSES || variance - captured <= TOLERANCE * (covariance.variance - variance)) {
      const kept = leading(axes, product, components);
      return { mean: covariance.mean, axes: kept, components, fittedOn: count };
    }
    captured = variance;
    axes = orthonormal(product);
  }
}

/**
 * How far rows come back from their codes, by every measure and as a network is trained by this loss.
 *
 * @param given the same rows as they are coded, where something has corrupted them
 */
export function reconstructionError(
  rows: Rows,
  { mean, axes }: Pca,
  { losses, shape, peak }: PcaMeasuring,
  given: Rows = rows,
): PcaError {
  const tally = new MeasureTally(shape, peak);
  const { width, count } = rows;
  const row = new Float64Array(width);
  const made = new Float64Array(width);
  let loss = 0;
  for (let index = 0; index < count; index++) {
    readRow(given, index, row);
    if (axes) {
      for (let at = 0; at < width; at++) row[at]! -= mean[at]!;
      const code = projections(row, axes);
      made.set(mean);
      for (const [column, axis] of axes.entries()) addScaled(made, axis, code[column]!);
    } else {
      made.set(row);
    }
    readRow(rows, index, row);
    tally.add(made, row);
    loss += lossSumOf(losses, made, row, shape);
  }
  const measures = tally.mean();
  return { mse: measures.mse ?? Number.NaN, loss: loss / count, measures, errors: tally.errors };
}

/**
 * Orthonormal vectors of the same span, by Gram–Schmidt done twice (Giraud et al., 2005: "twice is enough"). A vector
 * that depends on those before it is left out.
 */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const result: Float64Array[] = [];
  for (const given of vectors) {
    const vector = given.slice();
    for (let round = 0; round < 2; round++) {
      for (const other of result) addScaled(vector, other, -dot(vector, other));
    }
    const length = norm(vector);
    if (length > 1e-11 * norm(given)) result.push(vector.map((value) => value / length));
  }
  return result;
}

/** The `kept` directions of greatest variance within the span of `axes`; `product` is the covariance times them. */
function leading(
  axes: readonly Float64Array[],
  product: readonly Float64Array[],
  kept: number,
): Float64Array[] {
  const columns = axes.length;
  const small = new Matrix(columns, columns);
  for (const [row, axis] of axes.entries()) {
    for (const [column, image] of product.entries()) small.set(row, column, dot(axis, image));
  }
  const eigen = new EVD(small, { assumeSymmetric: true });
  const values = eigen.realEigenvalues;
  const order = [...values.keys()].sort((a, b) => values[b]! - values[a]!).slice(0, kept);
  return order.map((source) => {
    const direction = new Float64Array(axes[0]?.length ?? 0);
    for (const [row, axis] of axes.entries()) {
      addScaled(direction, axis, eigen.eigenvectorMatrix.get(row, source));
    }
    return direction;
  });
}
