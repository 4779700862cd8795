import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { valueCount } from '../../../shared/tensors/shape';
import { fillBlocks } from '../array-blocks';
import { ArrayReading, isGzip, readArrayHeader, readStart } from '../array-file';
import type { LoadControl } from '../dataset';
import { throwIfCancelled } from '../load-limits';
import type { SampleStream } from '../sample-stream';
import { streamDataset } from '../stream-dataset';
import { FiniteRows } from './finite-rows';
import { fortranBytes } from './fortran-rows';
import { type NpyHeader, npyForm } from './npy-form';
import { toNativeOrder } from './npy-type';
import { openNpy, sampleShape } from './open-npy';

/** Of a file in Fortran order a block is gathered from as many places as a sample has values: the larger, the fewer. */
const FORTRAN_BYTES = 16 * 1024 * 1024;

/**
 * An NPY file as `openNpy` reads it, a block at a time. One in Fortran order is read so too, unless it is gzipped: then it
 * is loaded whole.
 *
 * @throws ProblemError @throws Cancelled
 */
export async function streamNpy(path: string, series: boolean, control: LoadControl): Promise<SampleStream> {
  const header = await readArrayHeader(path, npyForm);
  const shape = sampleShape(header, path, series);
  if (header.fortranOrder && isGzip(await readStart(path, 2))) {
    return streamDataset(await openNpy(path, series, control), {});
  }
  return {
    name: basename(path),
    dtype: header.type.held,
    shape,
    count: header.dimensions[0] ?? 0,
    splits: ['train'],
    labels: null,
    named: false,
    columns: null,
    notes: [],
    async *blocks(rows, given = {}) {
      const size = valueCount(shape);
      const finite = new FiniteRows(path, size);
      for await (const values of valueBlocks(path, header, size, rows, given)) {
        if (values instanceof Float32Array) finite.add(values);
        if (!finite.areAll) continue;
        yield { split: 'train', count: values.length / size, values, labels: null, names: null };
      }
      finite.check();
    },
  };
}

/** The values of whole rows in the type that samples are held in, in an array that is used again for the next. */
async function* valueBlocks(
  path: string,
  header: NpyHeader,
  size: number,
  rows: number,
  control: LoadControl,
): AsyncIterable<Uint8Array | Float32Array> {
  const { type, bigEndian, fortranOrder } = header;
  const rowBytes = size * type.bytes;
  const many = fortranOrder ? Math.max(1, Math.floor(FORTRAN_BYTES / (rows * rowBytes))) : 1;
  // Once read, a block begins at the start of its buffer, which readers of values look at.
  const block = new Uint8Array(rows * many * rowBytes);
  const held =
    type.held === 'uint8'
      ? new Uint8Array(block.length / type.bytes)
      : new Float32Array(block.length / type.bytes);
  const read = type.reader(block);
  for await (const bytes of byteBlocks(path, header, block, control)) {
    toNativeOrder(block.subarray(0, bytes), type, bigEndian);
    const length = bytes / type.bytes;
    if (type.name === 'uint8') yield block.subarray(0, length);
    else if (type.name === 'float32') yield new Float32Array(block.buffer, 0, length);
    else {
      for (let at = 0; at < length; at++) held[at] = read(at);
      yield held.subarray(0, length);
    }
  }
}

async function* byteBlocks(
  path: string,
  header: NpyHeader,
  block: Uint8Array,
  control: LoadControl,
): AsyncIterable<number> {
  // Read from beginning to end in any case, as to whether it is whole.
  const reading = await ArrayReading.begin(path, npyForm, control);
  try {
    if (!header.fortranOrder) {
      for await (const bytes of fillBlocks(reading.body(), block)) {
        throwIfCancelled(control);
        yield bytes;
      }
      return;
    }
    for await (const _ of reading.body()) throwIfCancelled(control);
  } finally {
    reading.close();
  }
  const file = await open(path);
  try {
    for await (const bytes of fortranBytes(file, header, block)) {
      throwIfCancelled(control);
      yield bytes;
    }
  } finally {
    await file.close();
  }
}
