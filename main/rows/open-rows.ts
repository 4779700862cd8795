import { extname } from 'node:path';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import { openCsvRows } from './csv-rows';
import { openNpyRows } from './npy-rows';
import { openParquetRows } from './parquet-rows';
import { openPictureRows } from './picture-rows';
import type { RowsForm, RowWriter } from './row-writer';

type RowFormat = 'npy' | 'csv' | 'parquet' | 'png';

const ENDINGS: Readonly<Record<string, RowFormat>> = {
  '.npy': 'npy',
  '.csv': 'csv',
  '.parquet': 'parquet',
};

/** The form that a path asks for by its ending; a folder of PNG pictures where it has none. Null for other endings. */
function rowFormatOf(path: string): RowFormat | null {
  const ending = extname(path).toLowerCase();
  return ending === '' ? 'png' : (ENDINGS[ending] ?? null);
}

/**
 * Begins to write rows: NPY (NumPy's form 1.0, little-endian float32, [rows, …shape]); CSV (RFC 4180, with a heading) and
 * Parquet (Snappy), where the number of the sample, its set, its name and its label come before the values; or a folder of
 * PNG pictures, one a row, 0 to 1 from black to white.
 *
 * @throws ProblemError where the path has another ending, rows are no pictures, or the system refuses
 */
export function openRows(form: RowsForm): Promise<RowWriter> {
  switch (rowFormatOf(form.path)) {
    case 'npy':
      return openNpyRows(form);
    case 'csv':
      return openCsvRows(form);
    case 'parquet':
      return openParquetRows(form);
    case 'png':
      return openPictureRows(form);
    case null:
      throw new ProblemError(problem('ROWS_ENDING', { path: form.path, ending: extname(form.path) }));
  }
}
