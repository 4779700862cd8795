import type { Scaling } from '../../shared/document/data-reference';
import { valueCount } from '../../shared/tensors/shape';
import type { Dataset, FittedScaling, SampleArray } from './dataset';
import { gatherRows } from './sample-rows';
import { rangeOf } from './value-range';

/**
 * Fits a scaling on some rows of float32 samples: of a vector each value for itself, of a series or picture all values
 * together, so that their course stays what it is. Standardising takes the population's standard deviation, as
 * scikit-learn's StandardScaler does. What never changes has no spread: it is moved to 0, with a factor of 1.
 */
export function fitScaling(
  kind: FittedScaling['kind'],
  samples: SampleArray,
  rows: Int32Array,
): FittedScaling {
  const { min, max, mean, deviation } = spreads(samples, rows);
  const still = (group: number) => min[group] === max[group];
  const offset = Array.from(mean, (value, group) =>
    still(group) || kind === 'min-max' ? min[group]! : value,
  );
  const factor = offset.map((_, group) => {
    if (still(group)) return 1;
    return 1 / (kind === 'min-max' ? max[group]! - min[group]! : deviation[group]!);
  });
  return { kind, offset, factor };
}

/** Places of a vector whose value is the same in all of these rows. */
export function constantPlaces(samples: SampleArray, rows: Int32Array): number[] {
  const each = valueCount(samples.shape);
  const [first = 0, ...others] = rows;
  return Array.from({ length: each }, (_, place) => place).filter((place) => {
    const value = samples.values[first * each + place];
    return others.every((row) => samples.values[row * each + place] === value);
  });
}

/** The same samples, scaled; with `rows`, these alone. */
export function scaleSamples(
  { offset, factor }: FittedScaling,
  samples: SampleArray,
  rows?: Int32Array,
): SampleArray {
  const groups = offset.length;
  const source = rows ? gatherRows(samples, rows).data : samples.values;
  const values = new Float32Array(source.length);
  for (let index = 0; index < values.length; index++) {
    const group = index % groups;
    values[index] = (source[index]! - offset[group]!) * factor[group]!;
  }
  return { ...samples, dtype: 'float32', count: rows?.length ?? samples.count, values };
}

/** Smallest and largest value that scaled samples have. */
export function scaledRange(
  { offset, factor }: FittedScaling,
  { values }: SampleArray,
): readonly [min: number, max: number] {
  const groups = offset.length;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < values.length; index++) {
    const scaled = (values[index]! - offset[index % groups]!) * factor[index % groups]!;
    if (scaled < min) min = scaled;
    if (scaled > max) max = scaled;
  }
  return [min, max];
}

/** Values of whole samples brought back to the scale of the files. */
export function undoScaling({ offset, factor }: FittedScaling, values: Float32Array): Float32Array {
  const groups = offset.length;
  return values.map((value, index) => value / factor[index % groups]! + offset[index % groups]!);
}

/** The data set scaled as its reference says, fitted on the rows that are trained on. Bytes stay as they are. */
export function scaledDataset(dataset: Dataset, kind: Scaling, rows: Int32Array): Dataset {
  if (kind === 'none' || dataset.train.dtype === 'uint8') return dataset;
  return scaledBy(fitScaling(kind, dataset.train, rows), dataset);
}

/** The data set scaled as was fitted elsewhere; as it is where that is null. */
export function scaledBy(scaling: FittedScaling | null, dataset: Dataset): Dataset {
  if (!scaling) return dataset;
  const train = scaleSamples(scaling, dataset.train);
  const test = dataset.test && scaleSamples(scaling, dataset.test);
  const range = rangeOf(test ? [train, test] : [train]);
  return { ...dataset, train, test, range, scaling };
}

/** Of every value of a vector, or of all values of a series or picture together, over some rows. */
function spreads(samples: SampleArray, rows: Int32Array) {
  const each = valueCount(samples.shape);
  const groups = samples.shape.length === 1 ? each : 1;
  const min = new Float64Array(groups).fill(Number.POSITIVE_INFINITY);
  const max = new Float64Array(groups).fill(Number.NEGATIVE_INFINITY);
  const mean = new Float64Array(groups);
  const squares = new Float64Array(groups);
  const seen = new Float64Array(groups);
  // Welford (1962): no difference of large sums.
  for (const row of rows) {
    for (let place = 0; place < each; place++) {
      const group = place % groups;
      const value = samples.values[row * each + place]!;
      const distance = value - mean[group]!;
      seen[group]! += 1;
      mean[group]! += distance / seen[group]!;
      squares[group]! += distance * (value - mean[group]!);
      min[group] = Math.min(min[group]!, value);
      max[group] = Math.max(max[group]!, value);
    }
  }
  return { min, max, mean, deviation: squares.map((sum, group) => Math.sqrt(sum / seen[group]!)) };
}
