import { BETA, betaOf } from '../compile/code-divergence';
import { compile } from '../compile/compile';
import { initialState } from '../compile/initial-state';
import { stageProgram } from '../compile/stage-programs';
import type { Executor, ModelSession, Tensor } from '../execute/executor';
import { scalarTensor } from '../execute/scalar-tensor';
import type { Program, ProgramSet } from '../ops/program';
import { evaluationKey } from './evaluation';
import type { PreparedRun } from './run-preparation';
import { stagedSession } from './staged-session';

/** What a trial needs of a run's Programs: its whole steps alone, or all that an epoch is made of, stages included. */
type TrialScope = 'steps' | 'epochs';

const PROGRAMS: Readonly<Record<TrialScope, ReadonlySet<string>>> = {
  steps: new Set(['step', 'constrain']),
  epochs: new Set(['step', 'step-remainder', 'evaluate', 'constrain']),
};

/** What a trial takes its steps by, and the state that a run would keep. */
export function trialPrograms(
  { document, plan, dataset, batchSize, remainder, evaluationBatch, stages }: PreparedRun,
  executor: Executor,
  scope: TrialScope = 'steps',
): ProgramSet {
  const { optimizer, clipNorm, augmentation } = document.training;
  const isWhole = scope === 'epochs';
  const set = compile(plan, {
    sample: { dtype: dataset.train.dtype },
    dataCount: dataset.train.count,
    batchSize,
    remainder: isWhole ? remainder : 0,
    evaluationBatch: isWhole ? evaluationBatch : 1,
    reconstructBatch: 1,
    parts: executor.parts,
    partsApart: executor.partsApart,
    optimizer,
    clipNorm,
    augmentation,
    stages: isWhole ? stages.map((stage) => stage.plan) : [],
  });
  const wanted = PROGRAMS[scope];
  return {
    ...set,
    programs: set.programs.filter(({ name }) => wanted.has(name.slice(name.lastIndexOf('/') + 1))),
  };
}

/** Training steps, from fresh weights unless it is told others, in a session of its own: no run, and nothing of one, is changed. */
export class TrialSession {
  private constructor(
    readonly session: ModelSession,
    private readonly prepared: PreparedRun,
    private readonly programs: ReadonlySet<string>,
  ) {}

  /** @param more what is run beside steps @param weights in place of fresh ones */
  static async open(
    prepared: PreparedRun,
    executor: Executor,
    set: ProgramSet,
    more: readonly Program[] = [],
    weights: ReadonlyMap<string, Tensor> = new Map(),
  ): Promise<TrialSession> {
    const { document, plan, dataset } = prepared;
    const { dtype, count, shape, values } = dataset.train;
    const fresh = initialState(plan, document.training.optimizer, document.training.seed);
    const state = new Map([...fresh, ...weights]);
    const session = await executor.load({ ...set, programs: [...set.programs, ...more] }, state, {
      data: { dtype, shape: [count, ...shape], data: values },
    });
    return new TrialSession(session, prepared, new Set(set.programs.map(({ name }) => name)));
  }

  /**
   * @param rows of the training samples: a whole batch, or the last, smaller one of an epoch
   * @param step counted from 1
   * @param stage of pre-training, counted from 1; 0: the whole
   * @returns the loss before the step; not finite where the step was not taken
   */
  async step(rows: Int32Array, learningRate: number, step: number, stage = 0): Promise<number> {
    const { plan, document, batchSize, stages } = this.prepared;
    const beta = betaOf(stages[stage - 1]?.plan ?? plan)?.beta;
    const feeds = {
      indices: { dtype: 'int32', shape: [rows.length], data: rows } satisfies Tensor,
      learningRate: scalarTensor(learningRate),
      ...(beta !== undefined && { [BETA]: scalarTensor(beta) }),
    };
    const key = { seed: document.training.seed, purpose: 'training', step };
    const session = this.#of(stage);
    const program = rows.length === batchSize ? 'step' : 'step-remainder';
    const { outputs, finite } = await session.run(program, feeds, key);
    const loss = outputs.loss?.data[0] ?? Number.NaN;
    if (!finite) return Number.NaN;
    const constrain = stage > 0 ? stageProgram(stage, 'constrain') : 'constrain';
    if (Number.isFinite(loss) && this.programs.has(constrain)) await session.run('constrain', {});
    return loss;
  }

  /** Evaluates rows of the resident samples, as many as are evaluated at a time. @param stage as for a step */
  async evaluate(rows: Int32Array, stage = 0): Promise<void> {
    const indices: Tensor = { dtype: 'int32', shape: [rows.length], data: rows };
    await this.#of(stage).run(
      'evaluate',
      { indices },
      evaluationKey(this.prepared.document.training.seed, 0),
    );
  }

  dispose(): Promise<void> {
    return this.session.dispose();
  }

  #of(stage: number): ModelSession {
    return stage > 0 ? stagedSession(this.session, stage) : this.session;
  }
}
