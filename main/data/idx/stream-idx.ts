import { basename } from 'node:path';
import { valueCount } from '../../../shared/tensors/shape';
import { fillBlocks } from '../array-blocks';
import { ArrayReading, readArrayHeader } from '../array-file';
import type { LoadControl, Split } from '../dataset';
import { throwIfCancelled } from '../load-limits';
import type { SampleBlock, SampleStream, StreamUse } from '../sample-stream';
import { findIdxFiles, type IdxPair } from './idx-files';
import { idxForm } from './idx-form';
import { checkSameShape, readLabels, sampleShape } from './open-idx';

interface Part {
  readonly split: Split;
  readonly pair: IdxPair;
  readonly count: number;
  readonly size: number;
  readonly labels: Int32Array | null;
}

/**
 * IDX files as `openIdx` reads them, a block at a time. Labels, a byte a sample, are read whole.
 *
 * @throws ProblemError @throws Cancelled
 */
export async function streamIdx(
  path: string,
  { split: wanted }: Pick<StreamUse, 'split'>,
  control: LoadControl,
): Promise<SampleStream> {
  const { train, test } = await findIdxFiles(path);
  const shape = sampleShape(await readArrayHeader(train.samples, idxForm), train.samples);
  const parts: Part[] = [];
  for (const [split, pair] of [['train', train] as const, ['test', test] as const]) {
    if (!pair || (wanted && wanted !== split)) continue;
    const header = await readArrayHeader(pair.samples, idxForm);
    checkSameShape(path, shape, sampleShape(header, pair.samples));
    const count = header.dimensions[0] ?? 0;
    const labels = pair.labels === null ? null : await readLabels(pair.labels, pair.samples, count, control);
    parts.push({ split, pair, count, size: valueCount(shape), labels });
  }
  const labelled = parts.length > 0 && parts.every(({ labels }) => labels !== null);
  return {
    name: basename(path),
    dtype: 'uint8',
    shape,
    count: parts.reduce((sum, { count }) => sum + count, 0),
    splits: parts.map(({ split }) => split),
    labels: labelled ? 'number' : null,
    named: false,
    columns: null,
    notes: [],
    async *blocks(rows, given = {}) {
      for (const part of parts) yield* blocksOf(part, rows, labelled, given);
    },
  };
}

async function* blocksOf(
  { split, pair, size, labels }: Part,
  rows: number,
  labelled: boolean,
  control: LoadControl,
): AsyncIterable<SampleBlock> {
  const reading = await ArrayReading.begin(pair.samples, idxForm, control);
  const block = new Uint8Array(rows * size);
  let from = 0;
  try {
    for await (const bytes of fillBlocks(reading.body(), block)) {
      throwIfCancelled(control);
      const count = bytes / size;
      const own = labelled && labels ? labels.subarray(from, from + count) : null;
      yield { split, count, values: block.subarray(0, bytes), labels: own, names: null };
      from += count;
    }
  } finally {
    reading.close();
  }
}
