import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { DataReference } from '../../shared/document/data-reference';
import { Cancelled } from '../../shared/errors/problem';
import { valueCount } from '../../shared/tensors/shape';
import type { LoadControl } from './dataset';
import { openDataset } from './open-dataset';
import { openSampleStream } from './open-sample-stream';
import { inOwnScale } from './sample-rows';
import type { SampleBlock, StreamUse } from './sample-stream';
import { labelName } from './share-out';
import { idxBytes, npyBytes, problemOf, temporaryFolder, write } from './test-files';

const folder = await temporaryFolder();
/** Of samples in a block: none of the sets below is a multiple of it. */
const ROWS = 3;

async function streamed(
  reference: DataReference,
  { rows = ROWS, use = {}, control = {} }: { rows?: number; use?: StreamUse; control?: LoadControl } = {},
) {
  const stream = await openSampleStream(reference, null, use, control);
  const blocks: SampleBlock[] = [];
  for await (const block of stream.blocks(rows, control)) {
    // What is used again for the next is copied.
    blocks.push({ ...block, values: block.values.slice(), labels: block.labels && Array.from(block.labels) });
  }
  const values = blocks.flatMap((block) => [...inOwnScale({ data: block.values })]);
  return { stream, blocks, values, labels: blocks.flatMap(({ labels }) => [...((labels ?? []) as [])]) };
}

/** Streams and loads the same data, which must come to the same. */
async function expectAsLoaded(reference: DataReference) {
  const { train, test, labelNames } = await openDataset(reference, null);
  const { stream, blocks, values, labels } = await streamed(reference);
  const sets = test ? [train, test] : [train];
  expect(stream).toMatchObject({ dtype: train.dtype, shape: train.shape });
  expect(values).toEqual(sets.flatMap((set) => [...inOwnScale({ data: set.values })]));
  const total = sets.reduce((sum, { count }) => sum + count, 0);
  if (stream.count !== null) expect(stream.count).toBe(total);
  expect(blocks.reduce((sum, { count }) => sum + count, 0)).toBe(total);
  expect(stream.labels !== null).toBe(train.labels !== null);
  const names = sets.flatMap((set) =>
    Array.from(set.labels ?? [], (label) => (labelNames ? labelName(label, labelNames) : label)),
  );
  expect(labels.map(String)).toEqual(names.map(String));
  return { stream, blocks };
}

const npy = (path: string, series?: boolean): DataReference => ({
  ...{ kind: 'npy', path, shape: [1] },
  ...(series && { series }),
});
const table = (path: string, more: Partial<Extract<DataReference, { kind: 'table' }>> = {}) =>
  ({ kind: 'table', path, label: 'none', series: false, scaling: 'none', shape: [1], ...more }) as const;

const floats = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
const doubles = (...values: number[]) => new Uint8Array(Float64Array.from(values).buffer);
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at / 4 - 3);

describe('a stream gives what loading gives', () => {
  it('of IDX files, with labels and a test set, packed or not', async () => {
    const place = join(folder, 'idx');
    await mkdir(place);
    await write(place, 'train-images-idx3-ubyte', idxBytes([7, 2, 3]));
    await write(place, 'train-labels-idx1-ubyte', idxBytes([7]));
    await write(place, 't10k-images-idx3-ubyte.gz', gzipSync(idxBytes([4, 2, 3])));
    await write(place, 't10k-labels-idx1-ubyte', idxBytes([4]));
    const reference: DataReference = { kind: 'idx', path: place, shape: [2, 3, 1] };
    const { stream, blocks } = await expectAsLoaded(reference);
    expect(stream.splits).toEqual(['train', 'test']);
    expect(blocks.map(({ split, count }) => `${split} ${count}`)).toEqual([
      ...['train 3', 'train 3', 'train 1', 'test 3', 'test 1'],
    ]);
    const test = await streamed(reference, { use: { split: 'test' } });
    expect([test.stream.count, test.labels]).toEqual([4, [0, 1, 2, 3]]);
  });

  it.each([
    ['float32', npyBytes('<f4', '(7, 2)', floats(...upTo(14)))],
    ['float64, big-endian', npyBytes('>f8', '(7, 2)', Buffer.from(doubles(...upTo(14))).swap64())],
    [
      'bytes',
      npyBytes(
        '|u1',
        '(5, 2, 2)',
        Uint8Array.from({ length: 20 }, (_, at) => at * 12),
      ),
    ],
    ['truths', npyBytes('|b1', '(4, 2)', Uint8Array.of(0, 1, 1, 0, 1, 1, 0, 0))],
    ['int64', npyBytes('<i8', '(4, 1)', new Uint8Array(BigInt64Array.of(-3n, 0n, 7n, 1n << 40n).buffer))],
    ['Fortran order', npyBytes('<f4', '(5, 2, 3, 2)', floats(...upTo(60)), { fortran: true })],
    ['Fortran order, packed', gzipSync(npyBytes('<f4', '(5, 2)', floats(...upTo(10)), { fortran: true }))],
    ['gzip', gzipSync(npyBytes('<f4', '(4, 3)', floats(...upTo(12))))],
  ])('of NPY files: %s', async (what, bytes) => {
    await expectAsLoaded(npy(await write(folder, `${what}.npy`, bytes)));
  });

  it('of NPY files taken as series', async () => {
    const path = await write(folder, 'series.npy', npyBytes('<f4', '(4, 6)', floats(...upTo(24))));
    expect((await expectAsLoaded(npy(path, true))).stream.shape).toEqual([6, 1]);
  });

  it.each([
    ['commas', 'x,y,class\n1,2,a\n3,4,b\n5,6,a\n7,8,b\n', { label: 'last' }],
    ['a few columns', 'x,y,z\n1,2,3\n4,5,6\n', { columns: ['z', 'x'] }],
    ['spaces', ' 1 2.5\n 3 4\n 5 6\n 7 8\n', {}],
    ['signals', '1,2,3\n4,5,6\n', { series: true }],
  ] as const)('of tables: %s', async (what, text, use) => {
    await expectAsLoaded(table(await write(folder, `${what}.csv`, text), use));
    await expectAsLoaded(table(await write(folder, `${what}.csv.gz`, gzipSync(text)), use));
  });

  it('of Parquet, in groups of rows of any size', async () => {
    for (const rowGroupSize of [2, 3, 100]) {
      const columnData = ['x', 'y'].map((name) => ({
        name,
        data: Float64Array.from(upTo(7)),
        type: 'DOUBLE' as const,
      }));
      const bytes = new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize }));
      const path = await write(folder, `rows-${rowGroupSize}.parquet`, bytes);
      expect((await expectAsLoaded(table(path))).stream.count).toBe(7);
    }
  });

  it('of pictures in folders, with their names', async () => {
    const place = join(folder, 'pictures');
    for (const [at, name] of ['train/a/1.png', 'train/a/2.png', 'train/b/3.png', 'test/b/4.png'].entries()) {
      await mkdir(join(place, name, '..'), { recursive: true });
      const [width, height] = at === 1 ? [8, 4] : [4, 4];
      const create = { width, height, channels: 3, background: { r: 60 * at, g: 20, b: 0 } } as const;
      await write(place, name, await sharp({ create }).png().toBuffer());
    }
    const reference: DataReference = { kind: 'pictures', path: place, shape: [4, 4, 3] };
    const { stream, blocks } = await expectAsLoaded(reference);
    expect(blocks.flatMap(({ names }) => names)).toEqual([
      ...['train/a/1.png', 'train/a/2.png', 'train/b/3.png', 'test/b/4.png'],
    ]);
    expect(stream.notes.join()).toMatch(/1 of 4 pictures are of another size than 4×4/);
    const grey = await streamed(reference, { use: { pictureShape: [2, 2, 1] } });
    expect([grey.stream.shape, grey.values.length]).toEqual([[2, 2, 1], 16]);
    await write(place, 'test/b/5.png', 'no picture');
    expect((await problemOf(streamed(reference))).code).toBe('BROKEN_PICTURE');
    expect((await streamed({ ...reference, skipBroken: true })).values.length).toBe(4 * 48);
  });

  it('of built-in sets', async () => {
    const reference = { kind: 'builtin', name: 'digits-and-shapes', count: 10, shape: [28, 28, 1] } as const;
    await expectAsLoaded(reference);
  });
});

describe('a model’s columns', () => {
  const text = 'b,class,a\n1,u,10\n2,v,20\n';

  it('are found by name, in the order of the model', async () => {
    const reference = table(await write(folder, 'other.csv', text), { label: { column: 'class' } });
    const { stream, values, labels } = await streamed(reference, { use: { columns: ['a', 'b'] } });
    expect([stream.columns, values, labels]).toEqual([
      ['a', 'b'],
      [10, 1, 20, 2],
      ['u', 'v'],
    ]);
    const found = await problemOf(streamed(reference, { use: { columns: ['a', 'c'] } }));
    expect([found.code, found.message]).toEqual(['TABLE_COLUMN_UNKNOWN', expect.stringMatching(/“c”/)]);
  });

  it('are taken by place where a table has no names', async () => {
    const reference = table(await write(folder, 'unnamed.csv', '1,2,0\n3,4,1\n'), { label: 'last' });
    const { stream, values } = await streamed(reference, { use: { columns: ['a', 'b'] } });
    expect(values).toEqual([1, 2, 3, 4]);
    expect(stream.notes.join()).toMatch(/by their places/);
    expect((await problemOf(streamed(reference, { use: { columns: ['a'] } }))).code).toBe(
      'TABLE_COLUMN_UNKNOWN',
    );
  });
});

describe('a stream has the checks of loading', () => {
  async function expectSameProblem(reference: DataReference) {
    const loaded = await problemOf(openDataset(reference, null));
    expect(await problemOf(streamed(reference))).toEqual(loaded);
    return loaded.code;
  }

  it('and tells all values that are not finite, however far back', async () => {
    const values = upTo(40);
    for (const at of [9, 22, 23, 39]) values[at] = at === 22 ? Number.POSITIVE_INFINITY : Number.NaN;
    const path = await write(folder, 'holes.npy', npyBytes('<f4', '(20, 2)', floats(...values)));
    expect(await expectSameProblem(npy(path))).toBe('NPY_NOT_FINITE');
    const lines = Array.from({ length: 30 }, (_, at) => (at % 11 === 5 ? `${at},` : `${at},1`));
    expect(await expectSameProblem(table(await write(folder, 'holes.csv', lines.join('\n'))))).toBe(
      'TABLE_MISSING',
    );
  });

  it('of files cut off, too long, damaged and empty', async () => {
    const whole = npyBytes('<f4', '(7, 2)', floats(...upTo(14)));
    const files: [string, Uint8Array, string][] = [
      ['cut.npy', whole.subarray(0, -3), 'FILE_TRUNCATED'],
      ['long.npy', Buffer.concat([whole, Buffer.of(1)]), 'FILE_SURPLUS'],
      ['cut.npy.gz', gzipSync(whole).subarray(0, -9), 'GZIP_TRUNCATED'],
      ['zeros.npy.gz', Buffer.concat([gzipSync(whole), Buffer.alloc(9)]), 'GZIP_DAMAGED'],
      ['fortran.npy', npyBytes('<f4', '(7, 2)', floats(...upTo(13)), { fortran: true }), 'FILE_TRUNCATED'],
      ['none.npy', npyBytes('<f4', '(0, 2)', floats()), 'DATA_NO_ROWS'],
    ];
    for (const [name, bytes, code] of files) {
      expect(await expectSameProblem(npy(await write(folder, name, bytes)))).toBe(code);
    }
    const ragged = table(await write(folder, 'ragged.csv', 'x,y\n1,2\n3\n4,5\n'));
    expect(await expectSameProblem(ragged)).toBe('TABLE_RAGGED');
    expect(await expectSameProblem(npy(join(folder, 'nowhere.npy')))).toBe('DATA_PATH_MISSING');
  });

  it('but for the limit on memory', async () => {
    const path = await write(folder, 'large.npy', npyBytes('<f4', '(7, 2)', floats(...upTo(14))));
    const control = { limits: { bytes: 16 } };
    expect((await problemOf(openDataset(npy(path), null, control))).code).toBe('DATA_TOO_LARGE');
    expect((await streamed(npy(path), { control })).values.length).toBe(14);
    const text = table(await write(folder, 'large.csv', 'x,y\n1,2\n3,4\n5,6\n7,8\n'));
    expect((await streamed(text, { rows: 1, control })).values.length).toBe(8);
  });

  it('and ends when it is called off', async () => {
    const path = await write(folder, 'called-off.npy', npyBytes('<f4', '(7, 2)', floats(...upTo(14))));
    const calling = new AbortController();
    const stream = await openSampleStream(npy(path), null);
    const blocks = stream.blocks(2, { signal: calling.signal })[Symbol.asyncIterator]();
    expect((await blocks.next()).value.count).toBe(2);
    calling.abort();
    const rest = (async () => {
      while (!(await blocks.next()).done);
    })();
    await expect(rest).rejects.toThrow(Cancelled);
    expect(valueCount(stream.shape)).toBe(2);
  });
});
