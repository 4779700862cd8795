import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { LabelColumn, Scaling, TableReference } from '../../../shared/document/data-reference';
import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';
import type { Shape } from '../../../shared/tensors/shape';
import { readStart } from '../array-file';
import type { Dataset, LoadControl, SampleArray } from '../dataset';
import { fingerprintFiles } from '../fingerprint';
import { formatBytes, limitsOf, throwIfCancelled } from '../load-limits';
import { namedFew } from '../named-few';
import { rangeOf } from '../value-range';
import { NumberRows } from './number-rows';
import { looksLikeParquet, openParquet } from './open-parquet';
import { openText } from './open-text';
import { RowLabels } from './row-labels';
import { suggestUse } from './suggest-use';
import type { TableSource } from './table-source';

/** How a table is used. */
export type TableUse = Omit<TableReference, 'kind' | 'path' | 'scaling'>;

/**
 * Loads a table, each row a sample, as float32: text (`open-text.ts`) or Parquet. Values come as they are in the file;
 * scaling follows once it is settled which rows are trained on (`scaling.ts`).
 *
 * @throws ProblemError where it can't be read, or a cell is no finite number: row and column @throws Cancelled
 */
export async function openTable(path: string, use: TableUse, control: LoadControl): Promise<Dataset> {
  const source = await openSource(path, use);
  const { label, used } = chooseColumns(source.columns, use, path);
  const names = used.map((place) => source.columns[place] ?? '');
  checkSize(path, source.count ?? 0, names.length, control);
  const rows = new NumberRows(path, names, source.decimalComma, control);
  const labels = label === null ? null : new RowLabels(path, source.columns[label] ?? '');
  const places = label === null ? used : [...used, label];
  for await (const batch of source.rows(places, control)) {
    for (const { cells, line } of batch) {
      rows.add(cells.slice(0, used.length), line);
      labels?.add(cells[used.length] ?? null, rows.count, line);
    }
    await setImmediate();
    throwIfCancelled(control);
  }
  const values = rows.finish();
  const found = labels?.finish() ?? { labels: null, names: null };
  const shape: Shape = use.series ? [names.length, 1] : [names.length];
  const train: SampleArray = { dtype: 'float32', count: rows.count, shape, values, labels: found.labels };
  return {
    name: basename(path),
    train,
    test: null,
    labelNames: found.names,
    range: rangeOf([train]),
    columns: { all: source.columns, used: names },
    fingerprint: await fingerprintTable(path),
    notes: source.notes,
  };
}

/**
 * How the table at `path` is best read, by its beginning: which column looks like the label, which hold numbers, and
 * whether these want scaling.
 *
 * @returns null where there is no table @throws ProblemError
 */
export async function inspectTable(
  path: string,
): Promise<(Omit<TableReference, 'kind' | 'path'> & { shape: Shape; fingerprint: string }) | null> {
  const source = looksLikeParquet(await readStart(path, 4))
    ? await openParquet(path)
    : await openText(path, {});
  if (!source) return null;
  const { label, columns, scaling }: { label: LabelColumn; columns?: readonly string[]; scaling: Scaling } =
    await suggestUse(source);
  const { used } = chooseColumns(source.columns, { label, columns }, path);
  return {
    label,
    ...(columns ? { columns } : {}),
    series: false,
    scaling,
    shape: [used.length],
    fingerprint: await fingerprintTable(path),
  };
}

/** Opens a table of either form. @throws ProblemError where there is none */
export async function openSource(
  path: string,
  { delimiter, header }: Pick<TableUse, 'delimiter' | 'header'>,
): Promise<TableSource> {
  if (looksLikeParquet(await readStart(path, 4))) return openParquet(path);
  const source = await openText(path, {
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(header === undefined ? {} : { header }),
  });
  if (source) return source;
  throw new ProblemError(problem('DATA_NOT_RECOGNISED', { path, found: 'holds no column of numbers' }));
}

/** @throws ProblemError where the samples take more memory than may be used */
function checkSize(file: string, rows: number, width: number, control: LoadControl): void {
  const needed = rows * width * 4;
  const { bytes: limit } = limitsOf(control);
  if (needed <= limit) return;
  const values = { file, needed: formatBytes(needed), limit: formatBytes(limit) };
  throw new ProblemError(problem('DATA_TOO_LARGE', values));
}

function fingerprintTable(path: string): Promise<string> {
  return fingerprintFiles([{ name: basename(path), path }], 1);
}

/** The places of the label column, and of those that make a sample. @throws ProblemError for unknown ones, or none */
export function chooseColumns(
  all: readonly string[],
  { label, columns }: Pick<TableUse, 'label' | 'columns'>,
  file: string,
): { label: number | null; used: number[] } {
  const placeOf = (column: string) => placeIn(all, column, file);
  const labelPlace = labelPlaceOf(label, all, file);
  // In the order of the file, each once.
  const wanted = columns === undefined ? null : new Set(columns.map(placeOf));
  if (labelPlace !== null && wanted?.has(labelPlace)) {
    throw new ProblemError(problem('TABLE_LABEL_USED', { file, column: all[labelPlace] ?? '' }));
  }
  const used = all.flatMap((_, place) => {
    return place !== labelPlace && (wanted === null || wanted.has(place)) ? [place] : [];
  });
  if (used.length === 0) throw new ProblemError(problem('TABLE_NO_COLUMNS', { file }));
  return { label: labelPlace, used };
}

/** The place of the label column; null where there is to be none. @throws ProblemError for an unknown one */
export function labelPlaceOf(label: LabelColumn, all: readonly string[], file: string): number | null {
  if (label === 'none') return null;
  if (label === 'first') return 0;
  return label === 'last' ? all.length - 1 : placeIn(all, label.column, file);
}

function placeIn(all: readonly string[], column: string, file: string): number {
  const place = all.indexOf(column);
  if (place >= 0) return place;
  const known = namedFew(all.map((name) => `“${name}”`));
  throw new ProblemError(problem('TABLE_COLUMN_UNKNOWN', { file, column, known }));
}
