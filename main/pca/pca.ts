import { existsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Cancelled } from '../../shared/errors/problem';
import { valueCount } from '../../shared/tensors/shape';
import type { SampleArray } from '../data/dataset';
import { gatherRows } from '../data/sample-rows';
import { answerOfThread } from '../threads/worker-thread';
import { rowCost } from './covariance';
import { type PcaAnswer, type PcaJob, performPcaJob } from './pca-job';
import { OVERSAMPLING, type Pca, type PcaError, type PcaMeasuring } from './principal-components';
import type { Rows } from './rows';

export type { Pca, PcaError };

export interface PcaControl {
  readonly signal?: AbortSignal;
  /** The built `pca-worker.mjs`; where nothing is said, the one beside this (built) file. */
  readonly workerUrl?: URL;
}

/** Multiplications and additions a fit may cost: up to twenty seconds in the background. */
const FIT_BUDGET = 8e9;
/** Fewer rows would not tell the directions apart, however long it takes. */
const FEWEST_ROWS = 1000;
/** Rows from which the cost of the others is judged. */
const ROWS_TRIED = 200;

/**
 * Fits PCA with as many components as a code has values, on the samples at `indices` (on an even choice of them where
 * they are many). Works in a thread of low priority, so that a training run is not slowed.
 *
 * @throws Cancelled
 */
export async function fitPca(
  samples: SampleArray,
  indices: Int32Array,
  components: number,
  control: PcaControl = {},
): Promise<Pca> {
  const columns = Math.min(components, valueCount(samples.shape)) + OVERSAMPLING;
  const cost = rowCost(rowsAt(samples, evenly(indices, ROWS_TRIED)), columns);
  const rows = rowsAt(
    samples,
    evenly(indices, Math.max(FEWEST_ROWS, 3 * columns, Math.floor(FIT_BUDGET / cost))),
  );
  const answer = await perform({ kind: 'fit', rows, components }, control);
  if (answer.kind !== 'fit') throw new Error('The PCA thread answered another question.');
  return answer.pca;
}

/**
 * The error with which `pca` gives back the samples at `indices` from their codes, in the same scale as the
 * network's (the 0–1 scale for uint8 samples), by every measure and by the same loss. Works in a thread of low priority.
 *
 * @param given float32 [indices, …sample]: what is coded of them, where that is not themselves
 * @throws Cancelled
 */
export async function pcaError(
  pca: Pca,
  samples: SampleArray,
  indices: Int32Array,
  { losses, peak }: Omit<PcaMeasuring, 'shape'>,
  control: PcaControl & { readonly given?: Float32Array } = {},
): Promise<PcaError> {
  const by = { losses, peak, shape: samples.shape };
  const rows = rowsAt(samples, indices);
  const given = control.given && { ...rows, values: control.given };
  const answer = await perform({ kind: 'error', rows, pca, by, ...(given && { given }) }, control);
  if (answer.kind !== 'error') throw new Error('The PCA thread answered another question.');
  return answer.error;
}

function rowsAt(samples: SampleArray, indices: Int32Array): Rows {
  const { data } = gatherRows(samples, indices);
  if (data instanceof Int32Array) throw new Error('Samples are uint8 or float32.');
  return { values: data, count: indices.length, width: valueCount(samples.shape) };
}

/** At most `most` of the indices, evenly spread. */
function evenly(indices: Int32Array, most: number): Int32Array {
  if (indices.length <= most) return indices;
  return Int32Array.from({ length: most }, (_, place) => {
    return indices[Math.floor((place * indices.length) / most)] ?? 0;
  });
}

async function perform(job: PcaJob, { signal, workerUrl }: PcaControl): Promise<PcaAnswer> {
  if (signal?.aborted) throw new Cancelled();
  const url = workerUrl ?? new URL('./pca-worker.mjs', import.meta.url);
  if (existsSync(fileURLToPath(url))) {
    const options = { workerData: job, transferList: [transferable(job.rows.values)] };
    return answerOfThread({ url, options, signal, called: 'The PCA thread' });
  }
  // Run from sources, as tests are, there is no built thread: the work is done here.
  await setImmediate();
  return performPcaJob(job);
}

function transferable(values: Uint8Array | Float32Array): ArrayBuffer {
  if (values.buffer instanceof ArrayBuffer) return values.buffer;
  throw new Error('Rows are gathered into memory of their own.');
}
