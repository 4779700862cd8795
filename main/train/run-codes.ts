import { ProblemError } from '../../shared/errors/problem';
import type { CallResult } from '../../shared/ipc/contract';
import { decodeProblem } from '../../shared/plan/skips';
import { valueCount } from '../../shared/tensors/shape';
import { shownRange, toPixels } from '../data/sample-pixels';
import type { ModelSession } from '../execute/executor';
import { encodeRows } from './encode-rows';
import type { Go } from './evaluation';
import type { Reconstructor } from './reconstructor';
import type { PreparedRun } from './run-preparation';

/** Codes shown together, and the values of all of them (16 MB). */
const MOST_SHOWN = 100_000;
const MOST_VALUES = 4_000_000;
/** Codes that are decoded in one call. */
const MOST_DECODED = 64;

/** The codes of samples not trained on, as the weights were after a step. */
export interface CodeSnapshot {
  readonly step: number;
  readonly size: number;
  /** float32, one code after the other, in the order of `RunCodes.rows`. */
  readonly codes: Float32Array;
}

/** How each value of the codes is spread over samples. */
export interface CodeSpread {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** @param codes float32, one after the other, `size` values each */
export function spreadOfCodes({ codes, size }: Pick<CodeSnapshot, 'codes' | 'size'>): CodeSpread {
  const count = Math.max(1, codes.length / size);
  const [sum, squares] = [new Float64Array(size), new Float64Array(size)];
  for (let at = 0; at < codes.length; at++) sum[at % size]! += codes[at]! / count;
  for (let at = 0; at < codes.length; at++)
    squares[at % size]! += (codes[at]! - sum[at % size]!) ** 2 / count;
  return { mean: [...sum], deviation: Array.from(squares, Math.sqrt) };
}

/** The codes that a run's present weights make of samples, and the samples they make of codes. */
export class RunCodes {
  /** The samples whose codes are shown together: rows of the training samples, those held out for validation if there are any. */
  readonly rows: Int32Array;
  /** How many samples these were chosen from, evenly. */
  readonly total: number;
  private readonly size: number;
  /** How many codes the program `decode` takes; as many samples are watched. */
  private readonly count: number;

  constructor(
    private readonly prepared: PreparedRun,
    private readonly reconstructor: Reconstructor,
  ) {
    this.size = valueCount(prepared.plan.codeShape);
    this.count = reconstructor.count;
    const { validation, train } = prepared;
    const rows = validation.length > 0 ? validation : train;
    const length = Math.min(rows.length, MOST_SHOWN, Math.max(1, Math.floor(MOST_VALUES / this.size)));
    this.total = rows.length;
    this.rows = Int32Array.from({ length }, (_, at) => rows[Math.floor((at * rows.length) / length)] ?? 0);
  }

  /** What labels the samples of `rows` have, by number; null where the data have none. */
  get labels(): { readonly numbers: Int32Array; readonly names: readonly string[] | null } | null {
    const { dataset } = this.prepared;
    const { labels } = dataset.train;
    return labels && { numbers: this.rows.map((row) => labels[row] ?? -1), names: dataset.labelNames };
  }

  /** Why no code can be decoded by itself, where that is so. */
  get problem(): string | null {
    return decodeProblem(this.prepared.plan)?.message ?? null;
  }

  /** The codes of all `rows`. @returns null where `go` said no */
  async snapshot(session: ModelSession, step: number, go: Go): Promise<CodeSnapshot | null> {
    const codes = await this.encode(session, this.rows, go);
    return codes && { step, size: this.size, codes };
  }

  /** Some samples of `rows`, by their places there, and what the weights make of them; at most as many as are watched. */
  async samples(session: ModelSession, places: readonly number[]): Promise<CallResult<'run.codeSamples'>> {
    const rows = places.flatMap((place) => this.rows[place] ?? []);
    return this.reconstructor.shown(session, this.prepared.dataset.train, rows);
  }

  /**
   * Samples made of codes.
   *
   * @param codes one after the other, at most `MOST_DECODED`
   * @throws ProblemError where the decoder needs more than a code
   */
  async decode(session: ModelSession, codes: Float32Array): Promise<CallResult<'run.decode'>> {
    const { plan, dataset } = this.prepared;
    const refusal = decodeProblem(plan);
    if (refusal) throw new ProblemError(refusal);
    const count = Math.min(MOST_DECODED, Math.floor(codes.length / this.size));
    const shape = [...plan.outputShape];
    const values = new Float32Array(count * valueCount(shape));
    for (let from = 0; from < count; from += this.count) {
      const present = Math.min(this.count, count - from);
      const batch = new Float32Array(this.count * this.size);
      batch.set(codes.subarray(from * this.size, (from + present) * this.size));
      const code = { dtype: 'float32', shape: [this.count, ...plan.codeShape], data: batch } as const;
      const { outputs } = await session.run('decode', { code });
      const made = outputs.reconstructions?.data;
      if (!made) throw new Error('The program “decode” gave out no samples.');
      values.set(made.subarray(0, present * valueCount(shape)), from * valueCount(shape));
    }
    return { count, shape, pixels: toPixels(values, shownRange(dataset.range)) };
  }

  /** @returns null where `go` said no */
  private async encode(session: ModelSession, rows: Int32Array, go: Go): Promise<Float32Array | null> {
    const codes = new Float32Array(rows.length * this.size);
    const { dataset, evaluationBatch: batch } = this.prepared;
    let at = 0;
    const isWhole = await encodeRows(session, { samples: dataset.train, rows, batch }, go, (part) => {
      codes.set(part, at);
      at += part.length;
    });
    return isWhole ? codes : null;
  }
}
