import type { RunEvent } from '../../shared/ipc/contract';
import type { Loss } from '../../shared/losses/catalogue';
import { type Measure, measures } from '../../shared/measures/catalogue';
import { type Dataset, peakOf, type SampleArray } from '../data/dataset';
import { fitPca, type PcaError, pcaError } from '../pca/pca';
import type { FullMetrics } from './evaluation';

/** The error of PCA with as many components as the code has values: the line to beat. */
export type PcaLine = Omit<Extract<RunEvent, { kind: 'pca' }>, 'kind'>;

/** What line is looked for. */
export interface PcaLineWanted {
  readonly dataset: Dataset;
  /** Row numbers of the training samples of each half. */
  readonly train: Int32Array;
  readonly validation: Int32Array;
  readonly components: number;
  readonly loss: Loss;
}

/** Test samples looked at at a time, so that their copy stays small. */
const ROWS_AT_A_TIME = 2000;

/**
 * Fits PCA on the training rows, in a thread of low priority, and measures it on the validation rows (on training
 * rows where none were held out) and on the test samples.
 *
 * @throws Cancelled where the signal fires
 */
export async function pcaLine(
  { dataset, train, validation, components, loss: lossOfRun }: PcaLineWanted,
  signal: AbortSignal,
): Promise<PcaLine> {
  const { test } = dataset;
  const by = { loss: lossOfRun, peak: peakOf(dataset) };
  const pca = await fitPca(dataset.train, train, components, { signal });
  const error = async (samples: SampleArray, indices: Int32Array): Promise<FullMetrics> => {
    let loss = 0;
    const sums: Partial<Record<Measure, number>> = {};
    for (let start = 0; start < indices.length; start += ROWS_AT_A_TIME) {
      const part = indices.subarray(start, start + ROWS_AT_A_TIME);
      const found: PcaError = await pcaError(pca, samples, part, by, { signal });
      loss += found.loss * part.length;
      for (const { type } of measures) {
        const mean = found.measures[type];
        if (mean !== undefined) sums[type] = (sums[type] ?? 0) + (mean * part.length) / indices.length;
      }
    }
    return { mse: sums.mse ?? Number.NaN, loss: loss / indices.length, measures: sums };
  };
  return {
    components,
    validation: await error(dataset.train, validation.length > 0 ? validation : train),
    test:
      test &&
      (await error(
        test,
        Int32Array.from({ length: test.count }, (_, row) => row),
      )),
  };
}
