import { areaUnderRoc } from '../../shared/anomalies/roc';
import type { RunEvent } from '../../shared/ipc/contract';
import type { WeightedLoss } from '../../shared/losses/loss-sum';
import { type Measure, measures } from '../../shared/measures/catalogue';
import { valueCount } from '../../shared/tensors/shape';
import { type Dataset, peakOf, type SampleArray } from '../data/dataset';
import { allRows } from '../data/sample-rows';
import type { Executor } from '../execute/executor';
import { fitPca, type PcaError, pcaError } from '../pca/pca';
import { CorruptedRows } from './corrupted-rows';
import type { FullMetrics } from './evaluation';
import type { PreparedRun } from './run-preparation';

/** The error of PCA with as many components as the code has values: the line to beat. */
export type PcaLine = Omit<Extract<RunEvent, { kind: 'pca' }>, 'kind'>;

/** What line is looked for. */
export interface PcaLineWanted {
  readonly dataset: Dataset;
  /** Row numbers of the training samples of each half. */
  readonly train: Int32Array;
  readonly validation: Int32Array;
  /** Row numbers of what the data's filter keeps out of both. */
  readonly heldOut: Int32Array;
  readonly excluded: Int32Array;
  readonly components: number;
  readonly losses: readonly WeightedLoss[];
  /** What the encoder is given of samples, where they are corrupted: PCA is given the same. To be disposed of here. */
  readonly corrupted?: () => Promise<CorruptedRows>;
}

/**
 * The line that a run of this kind is to beat.
 *
 * @returns null where there is none: the encoder is given a picture in grey, and PCA can't be
 */
export function pcaLineOf(prepared: PreparedRun, executor: Executor): PcaLineWanted | null {
  const { plan, dataset, train, validation, heldOut, excluded } = prepared;
  const isCorrupted = CorruptedRows.areGiven(plan);
  if (plan.seenId !== null && !isCorrupted) return null;
  const rows = { train, validation, heldOut, excluded };
  return {
    ...{ dataset, ...rows, components: valueCount(plan.codeShape), losses: plan.losses },
    ...(isCorrupted && { corrupted: () => CorruptedRows.open(executor, prepared) }),
  };
}

/** Samples looked at at a time, so that their copy stays small; of corrupted ones, whole batches. */
const ROWS_AT_A_TIME = 2000;

/**
 * Fits PCA on the training rows, in a thread of low priority, and measures it on the validation rows (on training
 * rows where none were held out), on the test samples and on what the data's filter left out. Corrupted samples are
 * measured by their clean ones, as the network's are; the fit is on clean ones.
 *
 * @throws Cancelled where the signal fires
 */
export async function pcaLine(wanted: PcaLineWanted, signal: AbortSignal): Promise<PcaLine> {
  const corrupted = await wanted.corrupted?.();
  try {
    return await lineOn(wanted, corrupted, signal);
  } finally {
    await corrupted?.dispose();
  }
}

async function lineOn(
  { dataset, train, validation, heldOut, excluded, components, losses }: PcaLineWanted,
  corrupted: CorruptedRows | undefined,
  signal: AbortSignal,
): Promise<PcaLine> {
  const { test } = dataset;
  const by = { losses, peak: peakOf(dataset) };
  const pca = await fitPca(dataset.train, train, components, { signal });
  const error = async (samples: SampleArray, indices: Int32Array) => {
    let loss = 0;
    const sums: Partial<Record<Measure, number>> = {};
    const errors: number[] = [];
    const batch = corrupted?.batch ?? 1;
    const atATime = batch * Math.max(1, Math.floor(ROWS_AT_A_TIME / batch));
    for (let start = 0; start < indices.length; start += atATime) {
      const part = indices.subarray(start, start + atATime);
      const given = await corrupted?.of(samples, part, start / batch);
      const found: PcaError = await pcaError(pca, samples, part, by, { signal, ...(given && { given }) });
      loss += found.loss * part.length;
      errors.push(...found.errors);
      for (const { type } of measures) {
        const mean = found.measures[type];
        if (mean !== undefined) sums[type] = (sums[type] ?? 0) + (mean * part.length) / indices.length;
      }
    }
    const metrics: FullMetrics = { mse: sums.mse ?? Number.NaN, loss: loss / indices.length, measures: sums };
    return { metrics, errors };
  };
  const { metrics, errors } = await error(dataset.train, validation.length > 0 ? validation : train);
  const normal = heldOut.length > 0 ? (await error(dataset.train, heldOut)).errors : errors;
  const anomalous = excluded.length > 0 ? (await error(dataset.train, excluded)).errors : null;
  return {
    components,
    validation: metrics,
    test: test && (await error(test, allRows(test))).metrics,
    ...(anomalous && { auc: areaUnderRoc({ normal, anomalous }) }),
  };
}
