import { type FileHandle, open } from 'node:fs/promises';
import {
  type FileMetaData,
  parquetMetadataAsync,
  parquetScan,
  parquetSchema,
  type SchemaElement,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';
import type { LoadControl } from '../dataset';
import { fileProblem } from '../file-problem';
import { throwIfCancelled } from '../load-limits';
import type { Cell, TableRow, TableSource } from './table-source';

const MAGIC = 'PAR1';
const ROWS_A_TURN = 10_000;
/** Cells that are handed on at a time, beside the columns they come from. */
const CELLS_A_TURN = 256 * 1024;
/** Cells read at a time: a file may hold all of its rows in one group. */
const CELLS_AT_ONCE = 2 * 1024 * 1024;

export function looksLikeParquet(start: Uint8Array): boolean {
  return Buffer.from(start.subarray(0, 4)).toString('latin1') === MAGIC;
}

/**
 * Opens a table in Apache Parquet. It is read column by column, some rows of a group at a time.
 *
 * @throws ProblemError where it is cut off or damaged
 */
export async function openParquet(path: string): Promise<TableSource> {
  const { metadata, fields } = await withFile(path, async (file) => {
    const read = await parquetMetadataAsync(file);
    const all = parquetSchema(read).children.map(({ element }) => element);
    if (all.some(({ name }) => typeof name !== 'string')) throw new Error('a column has no name');
    return { metadata: read, fields: all };
  });
  const columns = fields.map(({ name }) => name);
  return {
    columns,
    count: rowsIn(metadata),
    decimalComma: false,
    notes: ['Read as Parquet.'],
    rows: (places, control) => parquetRows(path, metadata, fields, places, control),
  };
}

async function* parquetRows(
  path: string,
  metadata: FileMetaData,
  fields: readonly SchemaElement[],
  places: readonly number[],
  control: LoadControl,
): AsyncIterable<readonly TableRow[]> {
  const wanted = places.map((place) => fields[place]!);
  for (const field of wanted) {
    const type = unreadableType(field);
    if (type) throw new ProblemError(problem('TABLE_COLUMN_TYPE', { file: path, column: field.name, type }));
  }
  refuseOtherColumns(path, metadata, wanted);
  const total = rowsIn(metadata);
  const turn = Math.max(1, Math.min(ROWS_A_TURN, Math.floor(CELLS_A_TURN / Math.max(1, wanted.length))));
  for (const { from, to } of slicesOf(metadata, wanted.length)) {
    throwIfCancelled(control);
    const columns = await withFile(path, async (file) => {
      const options = { file, metadata, compressors, columns: wanted.map(({ name }) => name) };
      const scan = await parquetScan({ ...options, rowStart: from, rowEnd: to });
      const read: unknown[][] = [];
      // One after the other: what a column is unpacked from need not be held with that of the next.
      for (const { name } of wanted) read.push(await wholeColumn(scan, name));
      return read;
    });
    for (let start = 0; start < to - from; start += turn) {
      const length = Math.min(turn, to - from - start);
      yield Array.from({ length }, (_, row) => ({
        cells: columns.map((column) => cellOf(column[start + row])),
        line: null,
      }));
      throwIfCancelled(control);
    }
    control.onProgress?.({ stage: 'Reading', done: to, total, unit: 'rows' });
  }
}

/**
 * @throws ProblemError where a group of rows does not have each wanted column once: the reader begins to read what it then can't
 *   put together, and what goes wrong there is nobody's
 */
function refuseOtherColumns(
  file: string,
  { row_groups }: FileMetaData,
  wanted: readonly SchemaElement[],
): void {
  for (const { columns } of row_groups) {
    const counts = new Map<string, number>();
    for (const { meta_data: told } of columns) {
      const name = told?.path_in_schema?.join('\0') ?? '';
      const [first = ''] = told?.path_in_schema ?? [];
      counts.set(name, (counts.get(name) ?? 0) + 1);
      if (name !== first) counts.set(first, Number.POSITIVE_INFINITY);
    }
    const other = wanted.find(({ name }) => counts.get(name) !== 1);
    if (!other) continue;
    const reason = `its rows do not hold the column “${other.name.slice(0, 100)}” once`;
    throw new ProblemError(problem('PARQUET_DAMAGED', { file, reason }));
  }
}

/** Rows that are read at a time, none of them in two groups. */
function* slicesOf(metadata: FileMetaData, width: number): Iterable<{ from: number; to: number }> {
  const most = Math.max(ROWS_A_TURN / 10, Math.floor(CELLS_AT_ONCE / Math.max(1, width)));
  let begin = 0;
  for (const { num_rows } of metadata.row_groups) {
    const end = begin + Number(num_rows);
    for (let from = begin; from < end; from += most) yield { from, to: Math.min(end, from + most) };
    begin = end;
  }
}

function rowsIn({ row_groups }: FileMetaData): number {
  return row_groups.reduce((sum, { num_rows }) => sum + Number(num_rows), 0);
}

/** The values of a column in every range of the scan, one behind the other. */
async function wholeColumn(
  scan: Awaited<ReturnType<typeof parquetScan>>,
  column: string,
): Promise<unknown[]> {
  const values: unknown[] = [];
  for (const { rowStart, rowEnd } of scan.ranges) {
    for (const value of await scan.readColumn({ column, rowStart, rowEnd })) values.push(value);
  }
  return values;
}

function cellOf(value: unknown): Cell {
  switch (typeof value) {
    case 'number':
    case 'bigint':
    case 'boolean':
    case 'string':
      return value;
    default:
      return null;
  }
}

/** What a column holds that is neither a number nor a text; null where it can be read. */
function unreadableType({
  num_children,
  type,
  converted_type,
  logical_type,
  name,
}: SchemaElement): string | null {
  if (num_children) return 'nested (a list or a structure)';
  const logical = logical_type?.type ?? converted_type;
  if (!type) return `unknown (${name})`;
  if (logical && NOT_NUMBERS.test(logical)) return logical;
  if (type === 'INT96') return 'INT96 (a time)';
  if (type === 'FIXED_LEN_BYTE_ARRAY') return logical === 'DECIMAL' || logical === 'FLOAT16' ? null : type;
  return null;
}

const NOT_NUMBERS = /^(DATE|TIME|TIMESTAMP|INTERVAL|UUID|JSON|BSON|GEOMETRY|GEOGRAPHY|VARIANT|LIST|MAP)/;

/** Reads from an open file; what the reader can't make sense of becomes a Problem. */
async function withFile<T>(
  path: string,
  work: (file: {
    byteLength: number;
    slice(start: number, end?: number): Promise<ArrayBuffer>;
  }) => Promise<T>,
): Promise<T> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(path);
    const file = handle;
    const byteLength = (await file.stat()).size;
    await checkEnd(file, byteLength, path);
    const slice = async (start: number, end = byteLength) => {
      const bytes = new Uint8Array(Math.max(0, end - start));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
      if (bytesRead < bytes.length) throw new Error('it ends early');
      return bytes.buffer;
    };
    return await work({ byteLength, slice });
  } catch (error) {
    const known = fileProblem(error, path);
    if (known instanceof ProblemError || !(error instanceof Error)) throw known;
    throw new ProblemError(problem('PARQUET_DAMAGED', { file: path, reason: error.message }));
  } finally {
    await handle?.close();
  }
}

/** A Parquet file ends as it begins. */
async function checkEnd(file: FileHandle, bytes: number, path: string): Promise<void> {
  const end = Buffer.alloc(4);
  if (bytes >= 12) await file.read(end, 0, 4, bytes - 4);
  if (end.toString('latin1') !== MAGIC)
    throw new ProblemError(problem('PARQUET_TRUNCATED', { file: path, bytes }));
}
