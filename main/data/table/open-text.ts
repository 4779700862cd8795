import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CsvError, parse } from 'csv-parse';
import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';
import { isGzip, readStart } from '../array-file';
import type { LoadControl } from '../dataset';
import { fileProblem } from '../file-problem';
import { readingProblem, refuseDense } from '../gzip-problem';
import { throwIfCancelled } from '../load-limits';
import { columnNames, type TableRow, type TableSource } from './table-source';
import {
  DELIMITER_CHARACTERS,
  DELIMITER_NAMES,
  findTextForm,
  firstRows,
  spaceCells,
  type TextForm,
} from './text-form';

/** Of the beginning, by which the form is found out. */
const START_CHARACTERS = 2 ** 18;
/** No line of numbers is this long; without a bound one quotation mark would collect the whole file. */
const LONGEST_ROW = 2 ** 24;
const ROWS_A_TURN = 1000;
/** Cells handed out at a time, each a text of its own: wide rows come a few at a time. */
const CELLS_A_TURN = 2 ** 16;

/**
 * Opens a table written as text: cells between commas, semicolons, tabs or spaces, quoted or not, plain or gzipped.
 *
 * @param given what the user says of its form
 * @returns null where the text has no column of numbers
 * @throws ProblemError where it can't be read
 */
export async function openText(path: string, given: Partial<TextForm>): Promise<TableSource | null> {
  const { text, complete } = await textStart(path);
  if (hasControlCharacters(text)) return null;
  const whole = complete ? text : text.slice(0, text.lastIndexOf('\n') + 1) || text;
  const form = findTextForm(whole, given);
  if (!form) return null;
  const [first = []] = firstRows(whole, form.delimiter);
  const columns = columnNames(form.header ? first : first.map((_, place) => String(place + 1)));
  return {
    columns,
    count: null,
    decimalComma: form.delimiter === 'semicolon',
    notes: [
      `Read as text with ${DELIMITER_NAMES[form.delimiter]}, ${form.header ? 'its first line being a header' : 'without a header'}.`,
    ],
    rows: (places, control) => textRows(path, form, columns.length, places, control),
  };
}

async function textStart(path: string): Promise<{ text: string; complete: boolean }> {
  const source = await openSource(path);
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of source.stream) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length >= START_CHARACTERS) return { text, complete: false };
    }
    return { text: text + decoder.decode(), complete: true };
  } catch (error) {
    throw readingProblem(error, path, source.readSoFar());
  } finally {
    source.close();
  }
}

function hasControlCharacters(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they tell bytes from text
  return /[\u0000-\u0008\u000e-\u001f]/.test(text.slice(0, 4096));
}

interface Source {
  /** What is in the file, unpacked. */
  readonly stream: AsyncIterable<Uint8Array>;
  /** Bytes of the file. */
  readonly size: number;
  /** Bytes of the file that have been read, and what came out of the stream of them. */
  readSoFar(): { readonly offset: number; readonly unpacked: number };
  close(): void;
}

async function openSource(path: string): Promise<Source> {
  const gzipped = isGzip(await readStart(path, 2));
  let file: FileHandle;
  let size: number;
  try {
    file = await open(path);
    size = (await file.stat()).size;
  } catch (error) {
    throw fileProblem(error, path);
  }
  const raw = createReadStream(path, { fd: file });
  const gunzip = gzipped ? createGunzip() : null;
  if (gunzip) {
    raw.on('error', (error) => gunzip.destroy(error));
    raw.pipe(gunzip);
  }
  let unpacked = 0;
  async function* counted(): AsyncIterable<Uint8Array> {
    const chunks: AsyncIterable<Uint8Array> = gunzip ?? raw;
    for await (const chunk of chunks) {
      unpacked += chunk.length;
      if (gunzip) refuseDense(path, size, unpacked);
      yield chunk;
    }
  }
  return {
    stream: counted(),
    size,
    readSoFar: () => ({ offset: raw.bytesRead, unpacked }),
    close() {
      raw.destroy();
      gunzip?.destroy();
    },
  };
}

async function* textRows(
  path: string,
  form: TextForm,
  width: number,
  places: readonly number[],
  control: LoadControl,
): AsyncIterable<readonly TableRow[]> {
  const source = await openSource(path);
  const ragged: { row: number; line: number; got: number; rows: number } = {
    row: 0,
    line: 0,
    got: 0,
    rows: 0,
  };
  const turn = Math.max(1, Math.min(ROWS_A_TURN, Math.floor(CELLS_A_TURN / Math.max(1, places.length))));
  let row = 0;
  let batch: TableRow[] = [];
  try {
    const lines =
      form.delimiter === 'space' ? spaced(source.stream) : separated(source.stream, form.delimiter, path);
    let skip = form.header;
    for await (const { cells, line } of lines) {
      if (skip) {
        skip = false;
        continue;
      }
      row += 1;
      if (cells.length !== width) {
        if (ragged.rows === 0) Object.assign(ragged, { row, line, got: cells.length });
        ragged.rows += 1;
        continue;
      }
      batch.push({ cells: places.map((place) => cells[place] ?? null), line });
      if (batch.length < turn) continue;
      throwIfCancelled(control);
      yield batch;
      control.onProgress?.({
        stage: 'Reading',
        done: source.readSoFar().offset,
        total: source.size,
        unit: 'bytes',
      });
      batch = [];
    }
    throwIfCancelled(control);
    if (batch.length > 0) yield batch;
  } catch (error) {
    throw readingProblem(error, path, source.readSoFar());
  } finally {
    source.close();
  }
  if (ragged.rows > 0) {
    const { rows } = ragged;
    throw new ProblemError(
      problem('TABLE_RAGGED', {
        file: path,
        expected: width,
        ...ragged,
        last: rows === 1 && ragged.row === row,
      }),
    );
  }
}

interface Line {
  readonly cells: readonly string[];
  readonly line: number;
}

async function* separated(
  source: AsyncIterable<Uint8Array>,
  delimiter: keyof typeof DELIMITER_CHARACTERS,
  file: string,
): AsyncIterable<Line> {
  let wholeRowsEnd = 0;
  const parser = parse({
    delimiter: DELIMITER_CHARACTERS[delimiter],
    bom: true,
    trim: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
    on_record(row: string[], { lines }) {
      wholeRowsEnd = lines;
      return row;
    },
  });
  const chunks = Readable.from(source);
  chunks.on('error', (error) => parser.destroy(error));
  chunks.pipe(parser);
  try {
    for await (const found of parser) {
      const { record, info }: { record: string[]; info: { lines: number } } = found;
      yield { cells: record, line: info.lines };
    }
  } catch (error) {
    throw error instanceof CsvError ? quoteProblem(error, file, wholeRowsEnd + 1) : error;
  }
}

/** @param line the first one behind the last whole row: a quotation mark that is never closed was opened there */
function quoteProblem(error: CsvError, file: string, line: number): ProblemError {
  const reason =
    QUOTE_REASONS[error.code] ?? 'a quotation mark stands inside a cell, or text follows a closing one';
  return new ProblemError(problem('TABLE_QUOTES', { file, line, reason }));
}

const QUOTE_REASONS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quotation mark is opened and never closed',
  CSV_MAX_RECORD_SIZE: 'a row begins that is too long, as if a quotation mark were never closed',
};

async function* spaced(source: AsyncIterable<Uint8Array>): AsyncIterable<Line> {
  const decoder = new TextDecoder();
  let rest = '';
  let line = 0;
  const cut = (text: string): Line[] =>
    text.split('\n').flatMap((each) => {
      line += 1;
      return each.trim() === '' ? [] : [{ cells: spaceCells(each), line }];
    });
  for await (const chunk of source) {
    rest += decoder.decode(chunk, { stream: true });
    const end = rest.lastIndexOf('\n');
    if (end < 0) continue;
    yield* cut(rest.slice(0, end));
    rest = rest.slice(end + 1);
  }
  yield* cut(rest + decoder.decode());
}
