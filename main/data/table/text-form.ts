import { parse } from 'csv-parse/sync';
import type { DELIMITERS, Delimiter } from '../../../shared/document/data-reference';
import { numberIn } from './table-source';

/** How a table is written as text. */
export interface TextForm {
  readonly delimiter: Delimiter;
  readonly header: boolean;
}

export const DELIMITER_CHARACTERS: Readonly<Record<Exclude<Delimiter, 'space'>, string>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
};

/** Lines of the beginning by which a form is found out. */
const LINES_LOOKED_AT = 50;
/** In the order in which they are preferred: a semicolon goes with decimal commas, a tab with spaces in names. */
const PREFERENCE: readonly Delimiter[] = ['tab', 'semicolon', 'comma', 'space'];

/**
 * Finds out how the text that begins so is written: the delimiter that cuts most lines into the same number of cells,
 * two or more, and whether the first line names the columns.
 *
 * @param start whole lines of the file's beginning @param given what is known already
 * @returns null where no column of numbers is to be seen
 */
export function findTextForm(start: string, given: Partial<TextForm> = {}): TextForm | null {
  const delimiters = given.delimiter === undefined ? PREFERENCE : [given.delimiter];
  let best: { delimiter: Delimiter; rows: string[][]; score: number } | null = null;
  for (const delimiter of delimiters) {
    const rows = firstRows(start, delimiter);
    const score = evenness(rows);
    if (rows.length > 0 && score > (best?.score ?? -1)) best = { delimiter, rows, score };
  }
  if (!best) return null;
  const { delimiter, rows } = best;
  const decimalComma = delimiter === 'semicolon';
  const header = given.header ?? namesColumns(rows, decimalComma);
  const body = header ? rows.slice(1) : rows;
  const [first] = body;
  const numbers = first?.some((cell) => !Number.isNaN(numberIn(cell, decimalComma))) ?? false;
  return numbers ? { delimiter, header } : null;
}

/** The first rows of a text, cut by a delimiter, up to a quotation mark that doesn't fit it. */
export function firstRows(start: string, delimiter: Delimiter): string[][] {
  const options = { bom: true, relax_column_count: true, skip_empty_lines: true, to: LINES_LOOKED_AT };
  if (delimiter === 'space') {
    const lines = start
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '');
    return lines.slice(0, LINES_LOOKED_AT).map(spaceCells);
  }
  const rows: string[][] = [];
  const keep = (row: string[]) => {
    rows.push(row);
    return row;
  };
  try {
    parse(start, { ...options, delimiter: DELIMITER_CHARACTERS[delimiter], trim: true, on_record: keep });
  } catch {
    // The rows before a misplaced quotation mark tell enough; reading the file will say where it stands.
  }
  return rows;
}

export function spaceCells(line: string): string[] {
  return line.trim().split(/\s+/);
}

/** The share of rows that are as long as most, where these have two cells or more; 0 for a single column. */
function evenness(rows: readonly string[][]): number {
  const tally = new Map<number, number>();
  for (const { length } of rows) tally.set(length, (tally.get(length) ?? 0) + 1);
  const [length, times] = [...tally].reduce((most, each) => (each[1] > most[1] ? each : most), [0, 0]);
  return length < 2 ? 0 : times / rows.length;
}

/** A first line is one of names where it has text above a number, and no number at all. */
function namesColumns([first = [], second = []]: readonly string[][], decimalComma: boolean): boolean {
  const isNumber = (cell: string | undefined) => !Number.isNaN(numberIn(cell ?? '', decimalComma));
  return first.every((cell) => !isNumber(cell)) && second.some(isNumber);
}

/** For sentences: `commas`. */
export const DELIMITER_NAMES: Readonly<Record<(typeof DELIMITERS)[number], string>> = {
  comma: 'commas',
  semicolon: 'semicolons',
  tab: 'tabs',
  space: 'spaces',
};
