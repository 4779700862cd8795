import { type Dataset, peakOf } from '../data/dataset';
import type { ModelSession } from '../execute/executor';
import { type Evaluation, evaluateSamples, type Go } from './evaluation';
import type { PreparedRun } from './run-preparation';

/** What a run came to, by every measure. */
export interface LastEvaluation {
  /** Null where no sample was held out. */
  readonly validation: Evaluation | null;
  /** Null where the data have no test set. */
  readonly test: Evaluation | null;
}

/**
 * Measures the present weights on the validation samples and the test set.
 *
 * @returns null where `go` said no
 */
export async function lastEvaluation(
  session: ModelSession,
  dataset: Dataset,
  { plan: { task }, document, validation: rows, evaluationBatch: batch }: PreparedRun,
  go: Go,
): Promise<LastEvaluation | null> {
  const asked = { batch, seed: document.training.seed, peak: peakOf(dataset), task };
  const { train, test: testSet } = dataset;
  const validation =
    rows.length > 0 ? await evaluateSamples(session, { samples: train, rows, ...asked }, go) : null;
  if (rows.length > 0 && !validation) return null;
  const test = testSet && (await evaluateSamples(session, { samples: testSet, ...asked }, go));
  return testSet && !test ? null : { validation, test };
}
