import { resolve } from 'node:path';
import { z } from 'zod';
import { dataSchema, scalingOf } from '../../shared/document/data-reference';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { CallParams, CallResult, DatasetSummary, StreamEvent } from '../../shared/ipc/contract';
import type { Handlers } from '../../shared/ipc/handlers';
import { invalidRequest } from '../../shared/ipc/invalid-request';
import type { Dataset, SampleArray } from '../data/dataset';
import { referenceFor } from '../data/reference-for';
import { toPixels } from '../data/sample-pixels';
import { allRows } from '../data/sample-rows';
import { labelName, type SharedRows, shareOut } from '../data/share-out';
import type { Executor } from '../execute/executor';
import { abortSignalOf } from './abort-signal';
import { augmentedSamples } from './augmentation-preview';
import { BrowsedData, type Sharing, sharingSchema, viewedPixels, viewedValues } from './browsed-data';
import { corruptedSamples } from './corruption-preview';
import type { DatasetShelf } from './dataset-shelf';

type LoadEvent = StreamEvent<'data.load'>;

/** Which data set the window means, and how its training samples were shared out. */
const datasetId = z.tuple([z.string(), sharingSchema]);

/** Answers every `data.*`. */
export function addDataHandlers(
  handlers: Handlers,
  shelf: DatasetShelf,
  openEngine: () => Promise<Executor>,
): void {
  const browsed = new BrowsedData();
  handlers.onStream(
    'data.load',
    async ({ reference, baseFolder, validationShare, seed }, { emit, signal }) => {
      const parsed = dataSchema.safeParse(reference);
      if (!parsed.success) throw invalidRequest('data.load', parsed.error);
      const { key, dataset } = await shelf.load(parsed.data, baseFolder, {
        signal: abortSignalOf(signal),
        onProgress: (progress) => void emit({ kind: 'progress', ...progress }),
      });
      const { filter } = parsed.data;
      const sharing = { validationShare, seed, scaling: scalingOf(parsed.data), ...(filter && { filter }) };
      await emit({ kind: 'loaded', dataset: summaryOf(dataset, key, sharing) });
    },
    newestProgress,
  );
  handlers.onCall('data.identify', async ({ path, baseFolder }, { signal }) => {
    const place = resolve(baseFolder ?? '.', path);
    const found = await referenceFor(place, { signal: abortSignalOf(signal) });
    return { reference: { ...found, shape: [...found.shape], path } };
  });
  handlers.onCall('data.samples', (params) => samplesOf(shelf, browsed, params));
  handlers.onCall('data.corrupted', async ({ datasetId: id, document, blockId, count }) => {
    const { dataset, view } = viewed(shelf, browsed, id);
    const chosen = view.rows.train.subarray(0, count);
    const samples = viewedValues(view, dataset.train, chosen);
    const seen = await corruptedSamples(await openEngine(), document, blockId, samples);
    const [, ...shape] = seen.shape;
    return {
      originals: {
        count: chosen.length,
        shape: [...dataset.train.shape],
        pixels: viewedPixels(view, dataset.train, chosen),
      },
      corrupted: { count: chosen.length, shape, pixels: toPixels(seen.data, view.shown) },
    };
  });
  handlers.onCall('data.augmented', async ({ datasetId: id, document, count, times }) => {
    const { dataset, view } = viewed(shelf, browsed, id);
    const { train } = dataset;
    const chosen = view.rows.train.subarray(0, count);
    const repeated = Int32Array.from({ length: chosen.length * times }, (_, i) => chosen[i % chosen.length]!);
    const samples = viewedValues(view, train, repeated);
    const { data } = await augmentedSamples(await openEngine(), document, samples);
    const shape = [...train.shape];
    return {
      originals: { count: chosen.length, shape, pixels: viewedPixels(view, train, chosen) },
      augmented: { count: repeated.length, shape, pixels: toPixels(data, view.shown) },
    };
  });
}

function newestProgress(previous: LoadEvent, next: LoadEvent): LoadEvent | null {
  return previous.kind === 'progress' && next.kind === 'progress' ? next : null;
}

function summaryOf(dataset: Dataset, key: string, sharing: Sharing): DatasetSummary {
  const { name, train, test, range, fingerprint, columns, notes } = dataset;
  const id = datasetId.safeParse([key, sharing]);
  if (!id.success) throw invalidRequest('data.load', id.error);
  const rows = shareOut(dataset, sharing.filter, sharing);
  return {
    datasetId: JSON.stringify(id.data),
    name,
    shape: [...train.shape],
    dtype: train.dtype,
    counts: {
      train: rows.train.length,
      validation: rows.validation.length,
      test: test?.count ?? 0,
      'held-out': rows.heldOut.length,
      excluded: rows.excluded.length,
    },
    range: [...range],
    labels: labelsOf(dataset, rows),
    columns: columns ? [...columns.all] : null,
    fingerprint,
    notes: [...notes],
  };
}

/** Every label with its name, how many samples, of both sets, have it, and how many of these the run learns by. */
function labelsOf({ train, test, labelNames }: Dataset, rows: SharedRows): DatasetSummary['labels'] {
  const all = tally([...(train.labels ?? []), ...(test?.labels ?? [])]);
  const used = tally([...rows.train, ...rows.validation].map((row) => train.labels?.[row]));
  return [...all.keys()]
    .filter((label) => label !== undefined)
    .sort((a, b) => a - b)
    .map((label) => ({
      label,
      name: labelName(label, labelNames),
      count: all.get(label) ?? 0,
      used: used.get(label) ?? 0,
    }));
}

function tally(labels: readonly (number | undefined)[]): Map<number | undefined, number> {
  const counts = new Map<number | undefined, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

function samplesOf(
  shelf: DatasetShelf,
  browsed: BrowsedData,
  { datasetId: id, split, offset, count }: CallParams<'data.samples'>,
): CallResult<'data.samples'> {
  const { dataset, view } = viewed(shelf, browsed, id);
  const { samples, rows } = rowsOf(dataset, view.rows, split);
  const chosen = rows.subarray(offset, offset + count);
  return {
    count: chosen.length,
    shape: [...dataset.train.shape],
    pixels: samples ? viewedPixels(view, samples, chosen) : new Uint8Array(),
    labels: samples?.labels ? Array.from(chosen, (row) => samples.labels?.[row] ?? -1) : [],
    total: rows.length,
  };
}

/** The data set that an id means, as it is to be shown. @throws ProblemError where it is not loaded */
function viewed(shelf: DatasetShelf, browsed: BrowsedData, id: string) {
  const [key, sharing] = parseId(id);
  const dataset = shelf.find(key);
  if (!dataset) throw new ProblemError(problem('DATASET_UNKNOWN', undefined));
  return { dataset, view: browsed.viewOf(id, dataset, sharing) };
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
  { heldOut, ...shared }: SharedRows,
  split: CallParams<'data.samples'>['split'],
): { readonly samples: SampleArray | null; readonly rows: Int32Array } {
  if (split === 'test') {
    return { samples: test, rows: allRows(test ?? { count: 0 }) };
  }
  return { samples: train, rows: split === 'held-out' ? heldOut : shared[split] };
}
