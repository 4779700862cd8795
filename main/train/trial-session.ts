import { BETA, betaOf } from '../compile/code-divergence';
import { compile } from '../compile/compile';
import { initialState } from '../compile/initial-state';
import type { Executor, ModelSession, Tensor } from '../execute/executor';
import { scalarTensor } from '../execute/scalar-tensor';
import type { Program, ProgramSet } from '../ops/program';
import type { PreparedRun } from './run-preparation';

/** What a trial takes its steps by, and the state that a run would keep. */
export function trialPrograms(
  { document, plan, dataset, batchSize }: PreparedRun,
  executor: Executor,
): ProgramSet {
  const { optimizer, clipNorm, augmentation } = document.training;
  const set = compile(plan, {
    sample: { dtype: dataset.train.dtype },
    dataCount: dataset.train.count,
    batchSize,
    remainder: 0,
    evaluationBatch: 1,
    reconstructBatch: 1,
    parts: executor.parts,
    partsApart: executor.partsApart,
    optimizer,
    clipNorm,
    augmentation,
  });
  return { ...set, programs: set.programs.filter(({ name }) => name === 'step' || name === 'constrain') };
}

/** Training steps from fresh weights, in a session of its own: no run, and nothing of one, is changed. */
export class TrialSession {
  private constructor(
    readonly session: ModelSession,
    private readonly prepared: PreparedRun,
    private readonly isConstrained: boolean,
  ) {}

  /** @param more what is run beside steps */
  static async open(
    prepared: PreparedRun,
    executor: Executor,
    set: ProgramSet,
    more: readonly Program[] = [],
  ): Promise<TrialSession> {
    const { document, plan, dataset } = prepared;
    const { dtype, count, shape, values } = dataset.train;
    const state = initialState(plan, document.training.optimizer, document.training.seed);
    const session = await executor.load({ ...set, programs: [...set.programs, ...more] }, state, {
      data: { dtype, shape: [count, ...shape], data: values },
    });
    return new TrialSession(
      session,
      prepared,
      set.programs.some(({ name }) => name === 'constrain'),
    );
  }

  /**
   * @param rows of the training samples, a whole batch
   * @param step counted from 1
   * @returns the loss before the step; not finite where the step was not taken
   */
  async step(rows: Int32Array, learningRate: number, step: number): Promise<number> {
    const { plan, document } = this.prepared;
    const beta = betaOf(plan)?.beta;
    const feeds = {
      indices: { dtype: 'int32', shape: [rows.length], data: rows } satisfies Tensor,
      learningRate: scalarTensor(learningRate),
      ...(beta !== undefined && { [BETA]: scalarTensor(beta) }),
    };
    const key = { seed: document.training.seed, purpose: 'training', step };
    const { outputs, finite } = await this.session.run('step', feeds, key);
    const loss = outputs.loss?.data[0] ?? Number.NaN;
    if (!finite) return Number.NaN;
    if (Number.isFinite(loss) && this.isConstrained) await this.session.run('constrain', {});
    return loss;
  }

  dispose(): Promise<void> {
    return this.session.dispose();
  }
}
