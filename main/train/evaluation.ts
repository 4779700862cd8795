import type { WeightedLoss } from '../../shared/losses/loss-sum';
import type { Measured } from '../../shared/measures/catalogue';
import { type CoveredFigures, CoveredTally } from '../../shared/measures/covered-tally';
import { MeasureTally } from '../../shared/measures/measure-tally';
import { type TaskKind, taskOf } from '../../shared/tasks/catalogue';
import { valueCount } from '../../shared/tensors/shape';
import type { SampleArray } from '../data/dataset';
import { filledRows, gatherRows, inOwnScale } from '../data/sample-rows';
import type { DrawKey, ModelSession, Tensor } from '../execute/executor';
import { baselineOf } from './baseline';

/** Means over samples: squared error in the data's own 0–1 scale, and the loss trained with, β · divergence in it. */
export interface Metrics {
  readonly mse: number;
  readonly loss: number;
  /** Of a variational code: how far each of its values diverges from the standard normal, in nats. */
  readonly divergence?: number[];
  /** Where the loss is a weighted sum: each loss by its type, with its weight. */
  readonly terms?: Record<string, number>;
}

/** The same with every measure that these samples have. */
export interface FullMetrics extends Metrics {
  readonly measures: Measured;
  /** What the task's baseline comes to, where it has one here. */
  readonly baseline?: Measured;
  /** Where a corruption covers the samples, if it says where. */
  readonly covered?: CoveredFigures;
}

/** Asked between batches. @returns false where the work is no longer wanted. */
export type Go = () => Promise<boolean>;

/** How samples are evaluated. */
export interface EvaluationBatches {
  /** Samples looked at at a time. */
  readonly batch: number;
  /** Of the run: what corrupts a sample is the same at every evaluation. */
  readonly seed: number;
  /** Takes the mean squared error of each row, in their order. */
  readonly errors?: Float32Array;
  /** What the loss is the sum of, to be told apart where there are several. */
  readonly losses?: readonly WeightedLoss[];
}

/** What a batch's random numbers are drawn by: the same at every evaluation. */
export function evaluationKey(seed: number, step: number): DrawKey {
  return { seed, purpose: 'evaluation', step };
}

/**
 * The error on rows of the resident data. The last batch is filled up by repeating its first row; what comes of the
 * filling is not counted.
 *
 * @returns null where `go` said no
 */
export async function evaluateRows(
  session: ModelSession,
  rows: Int32Array,
  { batch, seed, errors, losses = [] }: EvaluationBatches,
  go: Go,
): Promise<Metrics | null> {
  let mse = 0;
  let loss = 0;
  const divergence = new ColumnSums();
  const each = new ColumnSums();
  for (let start = 0; start < rows.length; start += batch) {
    if (!(await go())) return null;
    const present = rows.subarray(start, start + batch);
    const indices: Tensor = { dtype: 'int32', shape: [batch], data: filledRows(present, batch) };
    const { outputs } = await session.run('evaluate', { indices }, evaluationKey(seed, start / batch));
    mse += sumOfFirst(outputs.mse, present.length);
    errors?.set(outputs.mse?.data.subarray(0, present.length) ?? [], start);
    loss += sumOfFirst(outputs.loss, present.length);
    divergence.add(outputs.divergence, present.length);
    each.add(outputs.terms, present.length);
  }
  const means = each.means(rows.length);
  const terms = means && Object.fromEntries(losses.map((term, at) => [term.loss, means[at] ?? 0]));
  return {
    ...{ mse: mse / rows.length, loss: loss / rows.length },
    ...toldDivergence(divergence, rows.length),
    ...(terms && { terms }),
  };
}

/** What `evaluateSamples` is to look at. */
export interface SamplesToEvaluate extends EvaluationBatches {
  readonly samples: SampleArray;
  /** Which of them. */
  readonly rows: Int32Array;
  /** The largest difference there may be between two values: 1 for pictures. */
  readonly peak: number;
  readonly task: TaskKind;
}

/** What came of it. */
export interface Evaluation {
  readonly metrics: FullMetrics;
  /** The mean squared error of each sample, in the order of the rows. */
  readonly errors: readonly number[];
}

/**
 * Every measure on samples, resident or not, such as those of a test set.
 *
 * @returns null where `go` said no
 */
export async function evaluateSamples(
  session: ModelSession,
  { samples, rows, batch, seed, peak, task }: SamplesToEvaluate,
  go: Go,
): Promise<Evaluation | null> {
  const tally = new MeasureTally(samples.shape, peak);
  const plain = new MeasureTally(samples.shape, peak);
  const baseline = baselineOf(taskOf(task).baseline?.kind, () => samplesAt(samples, rows));
  const inside = new CoveredTally(peak);
  const divergence = new ColumnSums();
  const size = valueCount(samples.shape);
  let loss = 0;
  for (let start = 0; start < rows.length; start += batch) {
    if (!(await go())) return null;
    const present = rows.subarray(start, start + batch);
    const targets = gatherRows(samples, filledRows(present, batch));
    const { outputs } = await session.run(
      'evaluate-batch',
      { batch: targets },
      evaluationKey(seed, start / batch),
    );
    loss += sumOfFirst(outputs.loss, present.length);
    divergence.add(outputs.divergence, present.length);
    const made = outputs.reconstructions?.data;
    if (!made) throw new Error('The program “evaluate-batch” gave out no reconstructions.');
    const seen = outputs.seen?.data;
    const covered = outputs.covered?.data;
    const truth = inOwnScale(targets);
    for (let at = 0; at < present.length * size; at += size) {
      const sample = truth.subarray(at, at + size);
      const prediction = made.subarray(at, at + size);
      tally.add(prediction, sample);
      const given = seen instanceof Float32Array ? seen.subarray(at, at + size) : null;
      const without = baseline?.(sample, given);
      if (without) plain.add(without, sample);
      // Of grey pictures for colour ones there is no telling value by value.
      if (given && covered?.length === made.length) {
        inside.add(prediction, given, sample, covered.subarray(at, at + size));
      }
    }
  }
  const measures = tally.mean();
  const { mse } = measures;
  if (mse === undefined) throw new Error('Every sample has a mean squared error.');
  const insideFigures = inside.mean();
  const metrics = {
    mse,
    loss: loss / rows.length,
    measures,
    ...toldDivergence(divergence, rows.length),
    ...(insideFigures && { covered: insideFigures }),
  };
  const compared = plain.errors.length > 0 ? { ...metrics, baseline: plain.mean() } : metrics;
  return { metrics: compared, errors: tally.errors };
}

function* samplesAt(samples: SampleArray, rows: Int32Array): Iterable<Float32Array> {
  for (const row of rows) yield inOwnScale(gatherRows(samples, [row]));
}

/** Adds up the columns of what comes of one batch after the other. */
class ColumnSums {
  private sums: number[] | null = null;

  /** Takes the first rows of a matrix; nothing where there is none. */
  add(matrix: Tensor | undefined, count: number): void {
    if (!matrix) return;
    const columns = matrix.shape[1] ?? 0;
    const sums = this.sums ?? Array<number>(columns).fill(0);
    for (let i = 0; i < count * columns; i++) sums[i % columns]! += matrix.data[i]!;
    this.sums = sums;
  }

  /** @returns null where nothing was added */
  means(count: number): number[] | null {
    return this.sums?.map((sum) => sum / count) ?? null;
  }
}

function toldDivergence(sums: ColumnSums, count: number): Pick<Metrics, 'divergence'> {
  const divergence = sums.means(count);
  return divergence ? { divergence } : {};
}

function sumOfFirst(tensor: Tensor | undefined, count: number): number {
  if (!tensor) throw new Error('An evaluation program gave out no metrics.');
  let sum = 0;
  for (let i = 0; i < count; i++) sum += tensor.data[i]!;
  return sum;
}
