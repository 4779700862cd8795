import type { LoadControl } from '../dataset';

/** What a cell of a table holds: text as it stands in the file, or what Parquet made of it. Null where nothing is. */
export type Cell = string | number | bigint | boolean | null;

export interface TableRow {
  readonly cells: readonly Cell[];
  /** Of text: the line of the file, from 1. */
  readonly line: number | null;
}

/** A table that is opened: what its columns are called, and its rows. */
export interface TableSource {
  readonly columns: readonly string[];
  /** Whether numbers in text may be written with a decimal comma. */
  readonly decimalComma: boolean;
  /** What was found out about the file, for the user: `Read as text with commas and a header.` */
  readonly notes: readonly string[];
  /** How many rows there are, where the file says; null for text. */
  readonly count: number | null;
  /**
   * The cells of the columns at these places, row by row, in the order asked for, some rows at a time.
   *
   * @throws ProblemError where the file is damaged @throws Cancelled
   */
  rows(places: readonly number[], control: LoadControl): AsyncIterable<readonly TableRow[]>;
}

/** Names without repetition: `x`, `x (2)`; a column without one goes by its number, from 1. */
export function columnNames(given: readonly string[]): string[] {
  const used = new Set<string>();
  return given.map((raw, place) => {
    const name = raw.trim().slice(0, 240) || String(place + 1);
    let unique = name;
    for (let turn = 2; used.has(unique); turn++) unique = `${name} (${turn})`;
    used.add(unique);
    return unique;
  });
}

/** The number in a cell; NaN where there is none. Booleans are 0 and 1. */
export function numberOf(cell: Cell, decimalComma: boolean): number {
  switch (typeof cell) {
    case 'string':
      return numberIn(cell, decimalComma);
    case 'number':
    case 'bigint':
    case 'boolean':
      return Number(cell);
    default:
      return Number.NaN;
  }
}

/** The number that a text stands for; NaN where it is none, and for what stands for a missing one. */
export function numberIn(text: string, decimalComma: boolean): number {
  const trimmed = text.trim();
  if (!NUMBER.test(trimmed)) {
    return decimalComma && COMMA_NUMBER.test(trimmed) ? Number(trimmed.replace(',', '.')) : Number.NaN;
  }
  return Number(trimmed);
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const COMMA_NUMBER = /^[+-]?(?:\d+,\d*|,\d+)(?:[eE][+-]?\d+)?$/;

/** Texts that stand for a value that is not there, as NumPy, pandas, R and spreadsheets write them. */
export function standsForNothing(text: string): boolean {
  return MISSING.has(text.trim().toLowerCase());
}

const MISSING = new Set([
  '',
  'nan',
  '-nan',
  'na',
  'n/a',
  '#n/a',
  'null',
  'none',
  '?',
  'inf',
  '+inf',
  '-inf',
  'infinity',
  '-infinity',
]);
