import { areaUnderRoc, ratesAt, usualCutOff } from '../../shared/anomalies/roc';
import type { Anomalies, EvaluatedGroupName } from '../../shared/ipc/contract';
import { peakOf, type SampleArray } from '../data/dataset';
import { allRows } from '../data/sample-rows';
import type { ModelSession } from '../execute/executor';
import { type Evaluation, evaluateSamples, type Go } from './evaluation';
import type { PreparedRun } from './run-preparation';

/** Samples that the weights were measured on. */
export interface EvaluatedGroup extends Evaluation {
  readonly name: EvaluatedGroupName;
  readonly samples: SampleArray;
  /** Which of them, in the order of `errors`. */
  readonly rows: Int32Array;
}

/**
 * Measures the present weights on all that was not trained on: validation samples, test set, and what the data's filter
 * left out. Groups without samples are not there.
 *
 * @returns null where `go` said no
 */
export async function lastEvaluation(
  session: ModelSession,
  { plan, document, dataset, validation, heldOut, excluded, evaluationBatch: batch }: PreparedRun,
  go: Go,
): Promise<readonly EvaluatedGroup[] | null> {
  const { train, test } = dataset;
  const { seed } = document.training;
  const asked = { batch, seed, peak: peakOf(dataset), task: plan.task.kind };
  const wanted: Pick<EvaluatedGroup, 'name' | 'samples' | 'rows'>[] = [
    { name: 'validation', samples: train, rows: validation },
    { name: 'heldOut', samples: train, rows: heldOut },
    { name: 'excluded', samples: train, rows: excluded },
  ];
  if (test) wanted.push({ name: 'test', samples: test, rows: allRows(test) });
  const groups: EvaluatedGroup[] = [];
  for (const group of wanted.filter(({ rows }) => rows.length > 0)) {
    const { samples, rows } = group;
    const evaluation = await evaluateSamples(session, { samples, rows, ...asked }, go);
    if (!evaluation) return null;
    groups.push({ ...group, ...evaluation });
  }
  return groups;
}

/** The samples taken as normal and as anomalous; null where either are missing. */
export function groupsToTellApart(groups: readonly EvaluatedGroup[]) {
  const named = (name: EvaluatedGroupName) => groups.find((group) => group.name === name);
  const normal = named('heldOut') ?? named('validation');
  const anomalous = named('excluded');
  return normal && anomalous ? { normal, anomalous } : null;
}

/**
 * How well errors tell the samples that the filter left out (taken as anomalous) from those like the ones trained on (held
 * out, or else validation samples). Undefined where either is missing.
 */
export function anomaliesIn(groups: readonly EvaluatedGroup[]): Anomalies | undefined {
  const told = groupsToTellApart(groups);
  if (!told) return undefined;
  const [normal, anomalous] = [told.normal.errors, told.anomalous.errors];
  const errors = { normal, anomalous };
  const rates = ratesAt(errors, usualCutOff(normal));
  return { normal: normal.length, anomalous: anomalous.length, auc: areaUnderRoc(errors), ...rates };
}
