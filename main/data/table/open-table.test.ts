import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import type { DataReference } from '../../../shared/document/data-reference';
import { Cancelled } from '../../../shared/errors/problem';
import type { LoadControl } from '../dataset';
import { openDataset, referenceFor } from '../open-dataset';
import { problemOf, temporaryFolder, write } from '../test-files';

const folder = await temporaryFolder();
type TableReference = Extract<DataReference, { kind: 'table' }>;
let files = 0;

async function open(
  content: string | Uint8Array,
  use: Partial<TableReference> = {},
  control: LoadControl = {},
) {
  files += 1;
  const path = await write(folder, `table-${files}`, content);
  const reference: TableReference = {
    kind: 'table',
    path,
    label: 'none',
    series: false,
    scaling: 'none',
    shape: [1],
    ...use,
  };
  return openDataset(reference, null, control);
}

const refusal = (
  content: string | Uint8Array,
  use: Partial<TableReference> = {},
  control: LoadControl = {},
) => problemOf(open(content, use, control));

const parquet = (columns: Parameters<typeof parquetWriteBuffer>[0]['columnData'], rowGroupSize?: number) =>
  new Uint8Array(parquetWriteBuffer({ columnData: columns, ...(rowGroupSize ? { rowGroupSize } : {}) }));

describe('text', () => {
  it.each([
    ['commas and a header', 'a,b,c\n1,2,3\n4,5,6\n'],
    ['no header', '1,2,3\n4,5,6'],
    ['semicolons', 'a;b;c\n1;2;3\n4;5;6\n'],
    ['tabs and Windows line ends', 'a\tb\tc\r\n1\t2\t3\r\n4\t5\t6\r\n'],
    ['runs of spaces', '   1.0e+00  2   3\n   4  5   6.0\n'],
    ['quotes, blanks and a byte order mark', '\uFEFF"a, b", b ,c\n"1", 2 ,3\n\n4,5,6\n'],
  ])('is read with %s', async (_what, text) => {
    const { train, labelNames } = await open(text);
    expect(train).toMatchObject({ dtype: 'float32', count: 2, shape: [3], labels: null });
    expect([...train.values]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(labelNames).toBeNull();
  });

  it('is read packed, with decimal commas, as a single column, and past a turn of 1,000 rows', async () => {
    expect([...(await open(gzipSync('1,5\n2,25\n'))).train.values]).toEqual([1, 5, 2, 25]);
    expect([...(await open('x;y\n1,5;-2,25\n,5;3\n')).train.values]).toEqual([1.5, -2.25, 0.5, 3]);
    expect((await open('x\n1\n2\n3\n')).train).toMatchObject({ count: 3, shape: [1] });
    const long = Array.from({ length: 2500 }, (_, row) => `${row},${-row}`).join('\n');
    const { train } = await open(long);
    expect(train.count).toBe(2500);
    expect([...train.values.slice(-2)]).toEqual([2499, -2499]);
  });

  it('obeys what is said of delimiter and header', async () => {
    expect(
      (await open('1,2;3\n4,5;6\n', { delimiter: 'comma', header: false, columns: ['1'] })).train.values,
    ).toHaveLength(2);
    const { train, columns } = await open('1,2\n3,4\n', { header: true });
    expect(train.count).toBe(1);
    expect(columns).toEqual({ all: ['1', '2'], used: ['1', '2'] });
  });

  it('takes labels from the first, last or a named column, numbers or names, and never trains on it', async () => {
    const text = 'kind,x,y\nrose,1,2\nlily,3,4\nrose,5,6\n';
    for (const label of ['first', { column: 'kind' }] as const) {
      const { train, labelNames, columns } = await open(text, { label });
      expect(labelNames).toEqual(['lily', 'rose']);
      expect([...(train.labels ?? [])]).toEqual([1, 0, 1]);
      expect([...train.values]).toEqual([1, 2, 3, 4, 5, 6]);
      expect(columns?.used).toEqual(['x', 'y']);
    }
    const numbers = await open('0.5 1.0e+00\n0.25 3\n', { label: 'last' });
    expect(numbers.labelNames).toBeNull();
    expect([...(numbers.train.labels ?? [])]).toEqual([1, 3]);
    const signs = await open('0.5,-1\n0.25,1\n', { label: 'last' });
    expect(signs.labelNames).toEqual(['-1', '1']);
    expect([...(signs.train.labels ?? [])]).toEqual([0, 1]);
  });

  it('takes the columns asked for, in the order of the file, and makes a series of them', async () => {
    const text = 'name,x,y,z\na,1,2,3\nb,4,5,6\n';
    const { train, columns } = await open(text, { columns: ['z', 'x'], series: true });
    expect(train.shape).toEqual([2, 1]);
    expect([...train.values]).toEqual([1, 3, 4, 6]);
    expect(columns).toEqual({ all: ['name', 'x', 'y', 'z'], used: ['x', 'z'] });
  });

  it('names row, line and column of the first cell that is no number, and how many there are', async () => {
    const text = await refusal('x,y\n1,2\n\n3,tall\n4,wide\n');
    expect(text.code).toBe('TABLE_NOT_NUMBER');
    expect(text.message).toMatch(/row 2 \(line 4\), column “y”.*“tall”, and 1 cells/);
    const missing = await refusal('x,y\n1,2\n,4\nNaN,4\n5,inf\n6,1e60\n');
    expect(missing.code).toBe('TABLE_MISSING');
    expect(missing.message).toMatch(/row 2 \(line 3\), column “x”.*in 4 of 5 rows/);
    const both = await refusal('x,y\n1,2\n,b\n');
    expect(both).toMatchObject({ code: 'TABLE_NOT_NUMBER', count: 2 });
  });

  it('refuses ragged rows; a short last one is said to be cut off', async () => {
    const ragged = await refusal('x,y\n1,2\n3\n4,5\n6,7,8\n9,10\n');
    expect(ragged.code).toBe('TABLE_RAGGED');
    expect(ragged.message).toMatch(/2 cells.*row 2 \(line 3\) has 1, and 1 rows after it/);
    const cut = await problemOf(open('x,y,z\n1,2,3\n4,5,6\n7,8'));
    expect(cut.message).toMatch(/row 3 \(line 4\) has 2\./);
  });

  it.each([
    ['no rows', 'x,y\n', {}, 'DATA_NOT_RECOGNISED'],
    ['no numbers', 'just words\nand words\n', {}, 'DATA_NOT_RECOGNISED'],
    ['bytes', Uint8Array.of(1, 2, 0, 3, 44, 44), {}, 'DATA_NOT_RECOGNISED'],
    ['an open quotation mark', `x,y\n1,2\n3,"4\n${'5,6\n'.repeat(80)}`, {}, 'TABLE_QUOTES'],
    ['an open quotation mark far down', `${'1,2\n'.repeat(80_000)}3,"4\n5,6\n`, {}, 'TABLE_QUOTES'],
    ['an unknown label column', 'x,y\n1,2\n', { label: { column: 'kind' } }, 'TABLE_COLUMN_UNKNOWN'],
    ['an unknown column', 'x,y\n1,2\n', { columns: ['z'] }, 'TABLE_COLUMN_UNKNOWN'],
    ['the label among the columns', 'x,y\n1,2\n', { label: 'last', columns: ['y'] }, 'TABLE_LABEL_USED'],
    ['nothing but the label', 'x\n1\n', { label: 'first' }, 'TABLE_NO_COLUMNS'],
    ['fractions as labels', 'x,y\n1,2\n1,2.5\n', { label: 'last' }, 'TABLE_LABEL_CELL'],
    ['an empty label', 'x,y\n1,a\n1,\n', { label: 'last' }, 'TABLE_LABEL_CELL'],
    ['damaged gzip', gzipSync('1,2\n3,4\n'.repeat(5000)).subarray(0, 60), {}, 'GZIP_TRUNCATED'],
  ] as const)('refuses %s', async (_what, content, use, code) => {
    expect((await refusal(content, use)).code).toBe(code);
  });

  it('names the line where a quotation mark is opened, or stands wrong', async () => {
    expect((await refusal('x,y\n1,2\n3,"4\n5,6\n')).message).toMatch(/in line 3 of .* never closed/);
    expect((await refusal('x,y\n1,2\n3,4"5\n5,6\n')).message).toMatch(/in line 3 of .* inside a cell/);
  });

  it('refuses more than the limit, and can be called off', async () => {
    const limits = { bytes: 64 };
    expect((await refusal('1,2\n'.repeat(100), {}, { limits })).code).toBe('TABLE_TOO_LARGE');
    const abort = new AbortController();
    abort.abort();
    await expect(open('1,2\n'.repeat(100), {}, { signal: abort.signal })).rejects.toThrow(Cancelled);
  });
});

describe('Parquet', () => {
  const numbers = [
    { name: 'i', data: Int32Array.of(1, -2, 3), type: 'INT32' as const },
    { name: 'l', data: BigInt64Array.of(4n, 5n, -6n), type: 'INT64' as const },
    { name: 'd', data: Float64Array.of(0.5, 0.25, 8), type: 'DOUBLE' as const },
    { name: 'b', data: [true, false, true], type: 'BOOLEAN' as const },
  ];
  const kinds = { name: 'kind', data: ['b', 'a', 'b'], type: 'STRING' as const };

  it('is read, integers, floats and truth values alike, over several row groups', async () => {
    for (const rowGroupSize of [undefined, 2]) {
      const { train, labelNames } = await open(parquet([...numbers, kinds], rowGroupSize), { label: 'last' });
      expect(train).toMatchObject({ count: 3, shape: [4] });
      expect([...train.values]).toEqual([1, 4, 0.5, 1, -2, 5, 0.25, 0, 3, -6, 8, 1]);
      expect(labelNames).toEqual(['a', 'b']);
      expect([...(train.labels ?? [])]).toEqual([1, 0, 1]);
    }
  });

  it('names row and column of what is missing, and the column of the wrong type', async () => {
    const holes = [{ name: 'x', data: [1.5, null, 2.5], type: 'DOUBLE' as const, nullable: true }];
    const missing = await refusal(parquet(holes));
    expect(missing.code).toBe('TABLE_MISSING');
    expect(missing.message).toContain('row 2, column “x”');
    expect((await refusal(parquet([...numbers, kinds]))).code).toBe('TABLE_NOT_NUMBER');
    const times = [{ name: 't', data: [new Date(0), new Date(1)], type: 'TIMESTAMP' as const }];
    const wrong = await refusal(parquet(times));
    expect(wrong.code).toBe('TABLE_COLUMN_TYPE');
    expect(wrong.message).toMatch(/column “t”.*TIMESTAMP/);
  });

  it('is refused cut off, damaged, empty or too large', async () => {
    const bytes = parquet(numbers);
    expect((await refusal(bytes.subarray(0, bytes.length - 20))).code).toBe('PARQUET_TRUNCATED');
    expect((await refusal(bytes.subarray(0, 6))).code).toBe('PARQUET_TRUNCATED');
    const damaged = Uint8Array.from(bytes);
    damaged.fill(0xff, damaged.length - 40, damaged.length - 8);
    expect((await refusal(damaged)).code).toBe('PARQUET_DAMAGED');
    const empty = parquet([{ name: 'x', data: new Float64Array(0), type: 'DOUBLE' }]);
    expect((await refusal(empty)).code).toBe('DATA_NO_ROWS');
    expect((await refusal(bytes, {}, { limits: { bytes: 16 } })).code).toBe('DATA_TOO_LARGE');
  });
});

describe('what a table is taken for', () => {
  const rows = (line: (row: number) => string) =>
    Array.from({ length: 40 }, (_, row) => line(row)).join('\n');

  it.each([
    [
      'whole numbers before fractions',
      rows((row) => `${(row % 4) + 1} ${row * 0.3} ${0.7 - row}`),
      'first',
      2,
    ],
    ['names behind numbers', rows((row) => `${row}.5,${row / 3},${row % 2 ? 'yes' : 'no'}`), 'last', 2],
    [
      'a name that says so',
      `a,class,b\n${rows((row) => `${row},${row % 3},${row + 1}`)}`,
      { column: 'class' },
      2,
    ],
    ['only fractions', rows((row) => `${row / 40},${1 - row / 40}`), 'none', 2],
  ])('by %s', async (_what, text, label, columns) => {
    const path = await write(folder, `guess-${columns}-${text.length}.csv`, text);
    const reference = await referenceFor(path);
    expect(reference).toMatchObject({ kind: 'table', label, shape: [columns], series: false });
    expect(reference).toMatchObject({ scaling: label === 'none' ? 'none' : 'standardise' });
    const { train, fingerprint } = await openDataset(reference, null);
    expect(train.shape).toEqual([columns]);
    expect(fingerprint).toBe(reference.fingerprint);
  });

  it('leaves columns of text out where there are several', async () => {
    const path = await write(
      folder,
      'texts.csv',
      `id,x,city,y\n${rows((row) => `n${row},${row},c${row % 3},1`)}`,
    );
    expect(await referenceFor(path)).toMatchObject({ label: 'none', columns: ['x', 'y'], shape: [2] });
  });
});
