import { problem } from '../../../shared/errors/catalogue';
import { type Problem, ProblemError } from '../../../shared/errors/problem';
import type { LoadControl } from '../dataset';
import { formatBytes, limitsOf } from '../load-limits';
import { type Cell, numberOf, standsForNothing, type TableRow } from './table-source';

interface BadCell {
  readonly row: number;
  readonly line: number | null;
  readonly column: string;
  readonly cell: string;
}

/** Collects the rows of a table as float32, and what keeps cells from being numbers. */
export class NumberRows {
  #values = new Float32Array(1024);
  #rows = 0;
  /** Rows handed out by `take`, which are no longer held. */
  #taken = 0;
  #missing: BadCell | null = null;
  #missingCells = 0;
  #missingRows = 0;
  #text: BadCell | null = null;
  #textCells = 0;
  readonly #limit: number;

  constructor(
    private readonly file: string,
    private readonly columns: readonly string[],
    private readonly decimalComma: boolean,
    control: LoadControl,
  ) {
    this.#limit = limitsOf(control).bytes;
  }

  get count(): number {
    return this.#rows;
  }

  /** How many of them are held. */
  get held(): number {
    return this.#rows - this.#taken;
  }

  /** Whether every cell so far is a number. */
  get areNumbers(): boolean {
    return this.#text === null && this.#missing === null;
  }

  /** Hands out the rows held, which are good until the next is added. */
  take(): Float32Array {
    const values = this.#values.subarray(0, this.held * this.columns.length);
    this.#taken = this.#rows;
    return values;
  }

  /** @param cells those of the columns, in their order @throws ProblemError where they take too much memory */
  add(cells: readonly Cell[], line: TableRow['line']): void {
    const start = this.held * this.columns.length;
    this.#makeRoom(start + this.columns.length);
    this.#rows += 1;
    let complete = true;
    for (let place = 0; place < cells.length; place++) {
      const cell = cells[place] ?? null;
      // What is beyond float32 would be infinite to the engine.
      const value = Math.fround(numberOf(cell, this.decimalComma));
      if (Number.isFinite(value)) {
        this.#values[start + place] = value;
        continue;
      }
      const bad = { row: this.#rows, line, column: this.columns[place] ?? '', cell: shown(cell) };
      if (typeof cell === 'string' && !standsForNothing(cell) && Number.isNaN(value)) {
        this.#text ??= bad;
        this.#textCells += 1;
      } else {
        this.#missing ??= bad;
        this.#missingCells += 1;
        complete = false;
      }
    }
    if (!complete) this.#missingRows += 1;
  }

  /** The values of all rows, rows × columns. @throws ProblemError as `check` */
  finish(): Float32Array {
    this.check();
    return this.#values.slice(0, this.held * this.columns.length);
  }

  /** @throws ProblemError where there are no rows, or not all cells are numbers */
  check(): void {
    const file = this.file;
    if (this.#rows === 0) throw new ProblemError(problem('DATA_NO_ROWS', { file }));
    const problems: Problem[] = [];
    if (this.#text) {
      problems.push(problem('TABLE_NOT_NUMBER', { file, ...this.#text, cells: this.#textCells }));
    }
    if (this.#missing) {
      const amounts = { cells: this.#missingCells, rows: this.#missingRows, total: this.#rows };
      problems.push(problem('TABLE_MISSING', { file, ...this.#missing, ...amounts }));
    }
    const [first, ...others] = problems;
    if (first) throw new ProblemError(first, ...others);
  }

  #makeRoom(length: number): void {
    if (length * 4 > this.#limit) {
      const values = { file: this.file, row: this.#rows + 1, limit: formatBytes(this.#limit) };
      throw new ProblemError(problem('TABLE_TOO_LARGE', values));
    }
    if (length <= this.#values.length) return;
    const larger = new Float32Array(Math.max(length, this.#values.length * 2));
    larger.set(this.#values);
    this.#values = larger;
  }
}

/** A cell in a sentence. */
export function shown(cell: Cell): string {
  const text = String(cell ?? '');
  return text.length <= 40 ? text : `${text.slice(0, 37)}…`;
}
