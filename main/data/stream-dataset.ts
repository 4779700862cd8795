import { valueCount } from '../../shared/tensors/shape';
import type { Dataset, SampleArray, Split } from './dataset';
import { throwIfCancelled } from './load-limits';
import type { SampleBlock, SampleStream, StreamUse } from './sample-stream';
import { labelName } from './share-out';

/** Samples that are in memory already, handed out as those of files are. */
export function streamDataset(dataset: Dataset, { split }: Pick<StreamUse, 'split'>): SampleStream {
  const { name, train, test, labelNames, columns, notes } = dataset;
  const all: readonly [Split, SampleArray | null][] = [
    ['train', train],
    ['test', test],
  ];
  const parts = all.flatMap(([own, samples]) =>
    samples && (split ?? own) === own ? [{ split: own, samples }] : [],
  );
  return {
    name,
    dtype: train.dtype,
    shape: train.shape,
    count: parts.reduce((sum, { samples }) => sum + samples.count, 0),
    splits: parts.map((part) => part.split),
    labels: train.labels && (labelNames ? 'text' : 'number'),
    named: false,
    columns: columns?.used ?? null,
    notes,
    async *blocks(rows, control = {}) {
      for (const part of parts) {
        for (let from = 0; from < part.samples.count; from += rows) {
          throwIfCancelled(control);
          yield blockOf(part, from, Math.min(rows, part.samples.count - from), labelNames);
        }
      }
    },
  };
}

function blockOf(
  { split, samples }: { readonly split: Split; readonly samples: SampleArray },
  from: number,
  count: number,
  labelNames: Dataset['labelNames'],
): SampleBlock {
  const size = valueCount(samples.shape);
  const labels = samples.labels?.subarray(from, from + count) ?? null;
  return {
    split,
    count,
    values: samples.values.subarray(from * size, (from + count) * size),
    labels: labels && labelNames ? Array.from(labels, (label) => labelName(label, labelNames)) : labels,
    names: null,
  };
}
