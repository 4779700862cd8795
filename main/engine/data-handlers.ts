import { resolve } from 'node:path';
import { z } from 'zod';
import { dataSchema } from '../../shared/document/document-schema';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { CallParams, CallResult, DatasetSummary, StreamEvent } from '../../shared/ipc/contract';
import type { Handlers } from '../../shared/ipc/handlers';
import { invalidRequest } from '../../shared/ipc/invalid-request';
import type { Dataset, SampleArray } from '../data/dataset';
import { referenceFor } from '../data/reference-for';
import { samplePixels, shownRange } from '../data/sample-pixels';
import { splitIndices } from '../data/split';
import { abortSignalOf } from './abort-signal';
import type { DatasetShelf } from './dataset-shelf';

type LoadEvent = StreamEvent<'data.load'>;

/** Which data set the window means, and how its training samples were shared out. */
const datasetId = z.tuple([z.string(), z.number().min(0).lt(1), z.int().min(0)]);

/** Answers `data.load`, `data.identify` and `data.samples`. */
export function addDataHandlers(handlers: Handlers, shelf: DatasetShelf): void {
  handlers.onStream(
    'data.load',
    async ({ reference, baseFolder, validationShare, seed }, { emit, signal }) => {
      const parsed = dataSchema.safeParse(reference);
      if (!parsed.success) throw invalidRequest('data.load', parsed.error);
      const { key, dataset } = await shelf.load(parsed.data, baseFolder, {
        signal: abortSignalOf(signal),
        onProgress: (progress) => void emit({ kind: 'progress', ...progress }),
      });
      await emit({ kind: 'loaded', dataset: summaryOf(dataset, key, validationShare, seed) });
    },
    newestProgress,
  );
  handlers.onCall('data.identify', async ({ path, baseFolder }, { signal }) => {
    const place = resolve(baseFolder ?? '.', path);
    const found = await referenceFor(place, { signal: abortSignalOf(signal) });
    return { reference: { ...found, shape: [...found.shape], path } };
  });
  handlers.onCall('data.samples', (params) => samplesOf(shelf, params));
}

function newestProgress(previous: LoadEvent, next: LoadEvent): LoadEvent | null {
  return previous.kind === 'progress' && next.kind === 'progress' ? next : null;
}

function summaryOf(dataset: Dataset, key: string, validationShare: number, seed: number): DatasetSummary {
  const { name, train, test, range, fingerprint, notes } = dataset;
  const id = datasetId.safeParse([key, validationShare, seed]);
  if (!id.success) throw invalidRequest('data.load', id.error);
  const split = splitIndices(train.count, validationShare, seed);
  return {
    datasetId: JSON.stringify(id.data),
    name,
    shape: [...train.shape],
    dtype: train.dtype,
    counts: { train: split.train.length, validation: split.validation.length, test: test?.count ?? 0 },
    range: [...range],
    labels: labelsOf(dataset),
    fingerprint,
    notes: [...notes],
  };
}

/** Every label with its name and how many samples, of both sets, have it. */
function labelsOf({ train, test, labelNames }: Dataset): DatasetSummary['labels'] {
  const counts = new Map<number, number>();
  for (const labels of [train.labels, test?.labels]) {
    for (const label of labels ?? []) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([label, count]) => ({ label, name: labelNames?.[label] ?? String(label), count }));
}

function samplesOf(
  shelf: DatasetShelf,
  { datasetId: id, split, offset, count }: CallParams<'data.samples'>,
): CallResult<'data.samples'> {
  const [key, validationShare, seed] = parseId(id);
  const dataset = shelf.find(key);
  if (!dataset) throw new ProblemError(problem('DATASET_UNKNOWN', undefined));
  const { samples, rows } = rowsOf(dataset, split, validationShare, seed);
  const chosen = rows.subarray(offset, offset + count);
  return {
    count: chosen.length,
    shape: [...dataset.train.shape],
    pixels: samples ? samplePixels(samples, chosen, shownRange(dataset.range)) : new Uint8Array(),
    labels: samples?.labels ? Array.from(chosen, (row) => samples.labels?.[row] ?? -1) : [],
    total: rows.length,
  };
}

function parseId(id: string): z.infer<typeof datasetId> {
  try {
    return datasetId.parse(JSON.parse(id));
  } catch {
    throw new ProblemError(problem('DATASET_UNKNOWN', undefined));
  }
}

function rowsOf(
  { train, test }: Dataset,
  split: CallParams<'data.samples'>['split'],
  validationShare: number,
  seed: number,
): { readonly samples: SampleArray | null; readonly rows: Int32Array } {
  if (split === 'test') {
    return { samples: test, rows: Int32Array.from({ length: test?.count ?? 0 }, (_, index) => index) };
  }
  return { samples: train, rows: splitIndices(train.count, validationShare, seed)[split] };
}
