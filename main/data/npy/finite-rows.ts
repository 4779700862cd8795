import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';

/** Rows with NaN or infinity that a Problem names. */
const ROWS_NAMED = 5;

/** Counts the rows of an array that hold NaN or infinity. */
export class FiniteRows {
  #rows = 0;
  #bad = 0;
  readonly #first: number[] = [];
  readonly #counts = { nan: 0, infinite: 0 };

  constructor(
    private readonly file: string,
    private readonly valuesEach: number,
  ) {}

  get areAll(): boolean {
    return this.#bad === 0;
  }

  /** Looks at further rows, which follow those before. */
  add(values: Float32Array): void {
    const { valuesEach } = this;
    for (let start = 0; start < values.length; start += valuesEach) {
      let sound = true;
      for (let index = start; index < start + valuesEach; index++) {
        const value = values[index] ?? 0;
        if (Number.isFinite(value)) continue;
        sound = false;
        this.#counts[Number.isNaN(value) ? 'nan' : 'infinite'] += 1;
      }
      if (!sound) {
        this.#bad += 1;
        if (this.#first.length < ROWS_NAMED) this.#first.push(this.#rows);
      }
      this.#rows += 1;
    }
  }

  /** @throws ProblemError where some were found: how many, and which */
  check(): void {
    if (this.areAll) return;
    const first = `${this.#first.join(', ')}${this.#bad > ROWS_NAMED ? ', …' : ''}`;
    const values = { file: this.file, rows: this.#bad, total: this.#rows, first, ...this.#counts };
    throw new ProblemError(problem('NPY_NOT_FINITE', values));
  }
}
