import type { SampleArray } from '../data/dataset';
import { gatherRows } from '../data/sample-rows';
import type { ModelSession, Tensor } from '../execute/executor';

/** Means over samples: squared error in the data's own 0–1 scale, and the loss trained with. */
export interface Metrics {
  readonly mse: number;
  readonly loss: number;
}

/** Asked between batches. @returns false where the work is no longer wanted. */
export type Go = () => Promise<boolean>;

/**
 * The error on rows of the resident data. The last batch is filled up by repeating its first row; what comes of the
 * filling is not counted.
 *
 * @returns null where `go` said no
 */
export async function evaluateRows(
  session: ModelSession,
  rows: Int32Array,
  batch: number,
  go: Go,
): Promise<Metrics | null> {
  return evaluateBatches(session, 'evaluate', rows, batch, go, (indices) => ({
    indices: { dtype: 'int32', shape: [batch], data: indices },
  }));
}

/** The same for samples that are not resident, such as a test set. */
export async function evaluateSamples(
  session: ModelSession,
  samples: SampleArray,
  batch: number,
  go: Go,
): Promise<Metrics | null> {
  const rows = Int32Array.from({ length: samples.count }, (_, row) => row);
  return evaluateBatches(session, 'evaluate-batch', rows, batch, go, (indices) => ({
    batch: gatherRows(samples, indices),
  }));
}

async function evaluateBatches(
  session: ModelSession,
  program: string,
  rows: Int32Array,
  batch: number,
  go: Go,
  feedsFor: (indices: Int32Array) => Record<string, Tensor>,
): Promise<Metrics | null> {
  let mse = 0;
  let loss = 0;
  for (let start = 0; start < rows.length; start += batch) {
    if (!(await go())) return null;
    const present = rows.subarray(start, start + batch);
    const { outputs } = await session.run(program, feedsFor(filled(present, batch)));
    mse += sumOfFirst(outputs.mse, present.length);
    loss += sumOfFirst(outputs.loss, present.length);
  }
  return { mse: mse / rows.length, loss: loss / rows.length };
}

function filled(rows: Int32Array, length: number): Int32Array {
  if (rows.length === length) return rows;
  const whole = new Int32Array(length).fill(rows[0] ?? 0);
  whole.set(rows);
  return whole;
}

function sumOfFirst(tensor: Tensor | undefined, count: number): number {
  if (!tensor) throw new Error('An evaluation program gave out no metrics.');
  let sum = 0;
  for (let i = 0; i < count; i++) sum += tensor.data[i]!;
  return sum;
}
