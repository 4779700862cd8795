import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';
import { shown } from './number-rows';
import { type Cell, numberIn, standsForNothing, type TableRow } from './table-source';

/** Labels up to here are kept as they are; others are counted through. */
const LARGEST_PLAIN_LABEL = 65_535;

/** Collects the classes that a label column tells. */
export class RowLabels {
  readonly #classes: string[] = [];

  constructor(
    private readonly file: string,
    private readonly column: string,
  ) {}

  /** @param row from 1 @throws ProblemError where the cell tells no class */
  add(cell: Cell, row: number, line: TableRow['line']): void {
    this.#classes.push(this.classIn(cell, row, line));
  }

  /** The class that a cell tells. @param row from 1 @throws ProblemError where it tells none */
  classIn(cell: Cell, row: number, line: TableRow['line']): string {
    const found = classOf(cell);
    if (found !== null) return found;
    const said = cell === null || String(cell).trim() === '' ? 'nothing' : `“${shown(cell)}”`;
    const place = { file: this.file, row, line, column: this.column };
    throw new ProblemError(problem('TABLE_LABEL_CELL', { ...place, cell: said }));
  }

  /**
   * Whole numbers from 0 label themselves. Others, and names, are numbered in order, and `names` says which is which.
   */
  finish(): { labels: Int32Array; names: readonly string[] | null } {
    const distinct = [...new Set(this.#classes)];
    if (distinct.every((name) => /^\d+$/.test(name) && Number(name) <= LARGEST_PLAIN_LABEL)) {
      return { labels: Int32Array.from(this.#classes, Number), names: null };
    }
    const numeric = distinct.every((name) => /^-?\d+$/.test(name));
    const names = distinct.sort((a, b) => (numeric ? Number(a) - Number(b) : a < b ? -1 : 1));
    const numbers = new Map(names.map((name, number) => [name, number]));
    return { labels: Int32Array.from(this.#classes, (name) => numbers.get(name) ?? 0), names };
  }
}

/** `1.0000000e+00` is the class 1; null for what is missing or a number with a fraction. */
function classOf(cell: Cell): string | null {
  if (typeof cell === 'string') {
    const text = cell.trim();
    const value = numberIn(text, false);
    if (Number.isNaN(value)) return text === '' || standsForNothing(text) ? null : text;
    return Number.isInteger(value) ? String(value) : null;
  }
  if (typeof cell === 'number') return Number.isInteger(cell) ? String(cell) : null;
  return cell === null ? null : String(cell);
}
