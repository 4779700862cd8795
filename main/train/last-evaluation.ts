import { type Dataset, peakOf } from '../data/dataset';
import type { ModelSession } from '../execute/executor';
import { type CodeActivity, codeActivity } from './code-activity';
import { type Evaluation, evaluateSamples, type Go } from './evaluation';
import type { PreparedRun } from './run-preparation';

/** What a run came to, by every measure. */
export interface LastEvaluation {
  /** Null where no sample was held out. */
  readonly validation: Evaluation | null;
  /** Null where the data have no test set. */
  readonly test: Evaluation | null;
  /** How active the code is on the test set, or else on the validation samples; null where it is not charged. */
  readonly activity: CodeActivity | null;
}

/**
 * Measures the present weights on the validation samples and the test set.
 *
 * @param encodeBatch how many samples `encode` takes
 * @returns null where `go` said no
 */
export async function lastEvaluation(
  session: ModelSession,
  dataset: Dataset,
  { plan, validation: rows, evaluationBatch: batch }: PreparedRun,
  encodeBatch: number,
  go: Go,
): Promise<LastEvaluation | null> {
  const { task } = plan;
  const peak = peakOf(dataset);
  const { train, test: testSet } = dataset;
  const validation =
    rows.length > 0 ? await evaluateSamples(session, { samples: train, rows, batch, peak, task }, go) : null;
  if (rows.length > 0 && !validation) return null;
  const test = testSet && (await evaluateSamples(session, { samples: testSet, batch, peak, task }, go));
  if (testSet && !test) return null;
  const encoded = testSet
    ? { samples: testSet, rows: Int32Array.from({ length: testSet.count }, (_, row) => row) }
    : { samples: train, rows };
  return {
    validation,
    test,
    activity: await codeActivity(session, plan, { ...encoded, batch: encodeBatch }, go),
  };
}
