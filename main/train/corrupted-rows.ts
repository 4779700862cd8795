import type { Plan } from '../../shared/plan/plan';
import { taskOf } from '../../shared/tasks/catalogue';
import { valueCount } from '../../shared/tensors/shape';
import { corruptionProgram } from '../compile/corruption-program';
import { isCorrupted } from '../compile/seen-samples';
import type { SampleArray } from '../data/dataset';
import { filledRows, floatRows } from '../data/sample-rows';
import type { Executor, ModelSession } from '../execute/executor';
import { evaluationKey } from './evaluation';
import type { PreparedRun } from './run-preparation';

/** Samples as the encoder is given them in a run's evaluations, by the same random numbers. */
export class CorruptedRows {
  private constructor(
    private readonly session: ModelSession,
    private readonly seed: number,
    /** How many rows are corrupted at a time. */
    readonly batch: number,
  ) {}

  /** Whether a plan's encoder is given samples of the target's own shape, corrupted. */
  static areGiven(plan: Plan): boolean {
    return isCorrupted(plan) && taskOf(plan.task.kind).sees === 'sample';
  }

  static async open(
    executor: Executor,
    { plan, document, evaluationBatch }: Pick<PreparedRun, 'plan' | 'document' | 'evaluationBatch'>,
  ): Promise<CorruptedRows> {
    const layers = plan.layers.slice(0, plan.layers.findIndex(({ id }) => id === plan.seenId) + 1);
    const set = corruptionProgram(plan.task, layers, plan.inputShape, evaluationBatch);
    const session = await executor.load(set, new Map(), { threads: 1 });
    return new CorruptedRows(session, document.training.seed, evaluationBatch);
  }

  /**
   * @param rows of `samples`
   * @param from which batch of an evaluation the first of them begins
   * @returns float32 [rows, …sample], in the scale that networks see
   */
  async of(samples: SampleArray, rows: Int32Array, from: number): Promise<Float32Array> {
    const size = valueCount(samples.shape);
    const all = new Float32Array(rows.length * size);
    for (let start = 0; start < rows.length; start += this.batch) {
      const present = rows.subarray(start, start + this.batch);
      const batch = floatRows(samples, filledRows(present, this.batch));
      const key = evaluationKey(this.seed, from + start / this.batch);
      const { outputs } = await this.session.run('corrupt', { batch }, key);
      const seen = outputs.seen?.data;
      if (!(seen instanceof Float32Array)) throw new Error('The program “corrupt” gave out no samples.');
      all.set(seen.subarray(0, present.length * size), start * size);
    }
    return all;
  }

  dispose(): Promise<void> {
    return this.session.dispose();
  }
}
