import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openDataset, referenceFor } from '../../main/data/open-dataset';
import { openSampleStream } from '../../main/data/open-sample-stream';
import { openParquetRows } from '../../main/rows/parquet-rows';
import { ProblemError } from '../../shared/errors/problem';
import { npyBytes } from '../claims/npy-bytes';
import type { FuzzedReader } from './reader';

/** What small files may need. */
const CONTROL = { limits: { bytes: 64 * 1024 ** 2 } };
const BLOCK = 16;

/** Reads a file of samples as the app does: tells what it is, loads all of it, and streams it. */
function samples(name: string, file: string, seeds: FuzzedReader['seeds']): FuzzedReader {
  return {
    name,
    seeds,
    tries: 60,
    async read(bytes, folder) {
      const path = join(folder, file);
      await writeFile(path, bytes);
      const reference = await referenceFor(path);
      await openDataset(reference, null, CONTROL);
      const stream = await openSampleStream(reference, null, {}, CONTROL);
      for await (const { count, values } of stream.blocks(BLOCK, CONTROL)) {
        const each = stream.shape.reduce((product, length) => product * length, 1);
        if (values.length !== count * each) throw new TypeError('A block has other values than it says.');
      }
    },
    isRefusal: (error) => error instanceof ProblemError,
  };
}

function idxBytes(dimensions: readonly number[], type = 0x08): Buffer {
  const head = Buffer.alloc(4 + 4 * dimensions.length);
  head.set([0, 0, type, dimensions.length]);
  for (const [axis, length] of dimensions.entries()) head.writeUInt32BE(length, 4 + 4 * axis);
  const count = dimensions.reduce((product, length) => product * length, 1);
  return Buffer.concat([head, Uint8Array.from({ length: count }, (_, at) => at % 251)]);
}

export const idx = samples('idx', 'samples-idx3-ubyte', async () => [
  idxBytes([7, 5, 4]),
  idxBytes([40, 3]),
  idxBytes([3, 4, 4, 3]),
  gzipSync(idxBytes([7, 5, 4])),
]);

export const npy = samples('npy', 'samples.npy', async () => {
  const values = Float32Array.from({ length: 7 * 5 * 4 }, (_, at) => at / 10 - 3);
  const bytes = Uint8Array.from(values, (value) => 10 * (value + 3));
  const float = npyBytes({ dtype: 'float32', shape: [7, 5, 4], data: values });
  const turned = Buffer.from(Buffer.from(float).toString('latin1').replace('False', 'True '), 'latin1');
  return [
    float,
    turned,
    npyBytes({ dtype: 'uint8', shape: [7, 20], data: bytes }),
    npyBytes({ dtype: 'int32', shape: [20, 7], data: Int32Array.from(bytes) }),
  ];
});

export const csv = samples('csv', 'samples.csv', async () => {
  const rows = Array.from({ length: 30 }, (_, row) => [row, (row % 7) / 10 - 3, 1e3 * row, row % 2]);
  const lines = (delimiter: string, comma = '.') =>
    rows.map((row) => row.map((value) => String(value).replace('.', comma)).join(delimiter)).join('\n');
  return [
    `weight,height,"a ""b""",kind\n${lines(',')}\n`,
    `${lines('\t')}\n`,
    `weight;height;c;kind\r\n${lines(';', ',').replaceAll('\n', '\r\n')}`,
    `kind,v\n${rows.map(([row]) => `"k ${Number(row) % 3}",${row}`).join('\n')}\n`,
  ].map((text) => Buffer.from(text));
});

export const parquet = samples('parquet', 'samples.parquet', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hourglass-seeds-'));
  try {
    const path = join(folder, 'seed.parquet');
    const form = { path, shape: [5], named: false, split: false };
    const seeds: Buffer[] = [];
    for (const labels of [null, 'text', 'number'] as const) {
      const writer = await openParquetRows({ ...form, labels });
      const values = Float32Array.from({ length: 5 * 40 }, (_, at) => Math.sin(at));
      const label = (row: number) => (labels === 'text' ? `k${row % 3}` : row % 3);
      const told = labels && Array.from({ length: 40 }, (_, row) => label(row));
      await writer.write(values, { count: 40, first: 0, split: 'train', labels: told, names: null });
      await writer.finish();
      seeds.push(await readFile(path));
    }
    return seeds;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
