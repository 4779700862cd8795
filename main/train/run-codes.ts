import { ProblemError } from '../../shared/errors/problem';
import type { CallResult } from '../../shared/ipc/contract';
import { bytesOfFloats } from '../../shared/ipc/float-bytes';
import { decodeProblem } from '../../shared/plan/skips';
import { valueCount } from '../../shared/tensors/shape';
import { shownRange, toPixels } from '../data/sample-pixels';
import type { ModelSession } from '../execute/executor';
import { encodeRows } from './encode-rows';
import type { PreparedRun } from './run-preparation';

/** Samples that the spread of a code is judged from. */
const MEASURED = 512;

/** The codes that a run's present weights make of samples, and the samples they make of codes. */
export class RunCodes {
  private readonly size: number;

  /** @param count how many samples the programs take at a time; as many are watched */
  constructor(
    private readonly prepared: PreparedRun,
    private readonly watched: readonly number[],
    private readonly count: number,
  ) {
    this.size = valueCount(prepared.plan.codeShape);
  }

  /** The codes of the watched samples, and how the values of codes are spread over samples not trained on. */
  async codes(session: ModelSession): Promise<CallResult<'run.codes'>> {
    const { validation, train, plan } = this.prepared;
    const rows = (validation.length > 0 ? validation : train).subarray(0, MEASURED);
    const all = await this.encode(session, rows);
    const mean = Array.from({ length: this.size }, (_, at) => meanOf(all, at, this.size));
    const deviation = mean.map((middle, at) => deviationOf(all, at, this.size, middle));
    const watched = await this.encode(session, Int32Array.from(this.watched));
    return {
      size: this.size,
      count: this.watched.length,
      codes: bytesOfFloats(watched),
      mean,
      deviation,
      problem: decodeProblem(plan)?.message ?? null,
    };
  }

  /**
   * Samples made of codes.
   *
   * @param codes one after the other, at most as many as are watched
   * @throws ProblemError where the decoder needs more than a code
   */
  async decode(session: ModelSession, codes: Float32Array): Promise<CallResult<'run.decode'>> {
    const { plan, dataset } = this.prepared;
    const refusal = decodeProblem(plan);
    if (refusal) throw new ProblemError(refusal);
    const count = Math.min(this.count, Math.floor(codes.length / this.size));
    const batch = new Float32Array(this.count * this.size);
    batch.set(codes.subarray(0, count * this.size));
    const code = { dtype: 'float32', shape: [this.count, ...plan.codeShape], data: batch } as const;
    const { outputs } = await session.run('decode', { code });
    const made = outputs.reconstructions?.data;
    if (!made) throw new Error('The program “decode” gave out no samples.');
    const shape = [...plan.outputShape];
    const values = made.subarray(0, count * valueCount(shape));
    return { count, shape, pixels: toPixels(values, shownRange(dataset.range)) };
  }

  private async encode(session: ModelSession, rows: Int32Array): Promise<Float32Array> {
    const codes = new Float32Array(rows.length * this.size);
    const encoded = { samples: this.prepared.dataset.train, rows, batch: this.count };
    let at = 0;
    const always = async () => true;
    await encodeRows(session, encoded, always, (batch) => {
      codes.set(batch, at);
      at += batch.length;
    });
    return codes;
  }
}

function meanOf(codes: Float32Array, at: number, size: number): number {
  let sum = 0;
  for (let i = at; i < codes.length; i += size) sum += codes[i] ?? 0;
  return (sum * size) / codes.length;
}

function deviationOf(codes: Float32Array, at: number, size: number, mean: number): number {
  let sum = 0;
  for (let i = at; i < codes.length; i += size) sum += ((codes[i] ?? 0) - mean) ** 2;
  return Math.sqrt((sum * size) / codes.length);
}
