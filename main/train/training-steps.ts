import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import { BETA } from '../compile/code-divergence';
import { stageProgram } from '../compile/stage-programs';
import type { ModelSession, Tensor } from '../execute/executor';
import { scalarTensor } from '../execute/scalar-tensor';
import { type EpochRecord, lossOfEpoch } from './epoch-record';
import type { LossTermMeans } from './loss-terms';
import type { RunCourse } from './run-course';
import type { PreparedRun } from './run-preparation';
import type { StepLog } from './step-log';

/** What a step needs to know of its run. */
interface Surroundings {
  readonly prepared: PreparedRun;
  readonly course: RunCourse;
  readonly log: StepLog;
  readonly terms: LossTermMeans;
  /** Those that are over. */
  readonly epochs: readonly EpochRecord[];
}

/** Takes the training steps of a run, one after the other. */
export class TrainingSteps {
  #failed: number | null = null;

  constructor(private readonly run: Surroundings) {}

  /** The step whose loss or gradient was not finite; it changed no weight and left no loss. Null where there was none. */
  get failed(): number | null {
    return this.#failed;
  }

  /** Of the step that comes next. */
  learningRate(epoch: number): number {
    const { course, log, epochs } = this.run;
    const losses = epochs.filter(({ stage }) => stage === undefined).map(lossOfEpoch);
    return course.learningRate(Math.max(1, epoch), log.step, losses);
  }

  /**
   * Takes a step on these rows.
   *
   * @param session of the stage that the epoch belongs to
   * @param programs the names of all there are
   * @returns the loss
   * @throws ProblemError NAN_LOSS where loss or a gradient is not finite; the weights are as before then
   */
  async take(
    session: ModelSession,
    rows: Int32Array,
    epoch: number,
    programs: ReadonlySet<string>,
  ): Promise<number> {
    const { prepared, course, log, terms } = this.run;
    const program = rows.length === prepared.batchSize ? 'step' : 'step-remainder';
    const indices: Tensor = { dtype: 'int32', shape: [rows.length], data: rows };
    const learningRate = scalarTensor(this.learningRate(epoch));
    const { seed } = prepared.document.training;
    const key = { seed, purpose: 'training', step: log.step + 1 };
    const beta = course.beta(epoch, log.step);
    const feeds = { indices, learningRate, ...(beta === null ? {} : { [BETA]: scalarTensor(beta) }) };
    const { outputs, finite } = await session.run(program, feeds, key);
    const loss = outputs.loss?.data[0];
    if (loss === undefined) throw new Error(`${program} gave out no loss.`);
    if (!finite || !Number.isFinite(loss)) {
      this.#failed = log.step + 1;
      throw this.notFinite(Number.isFinite(loss) ? 'A gradient' : 'The loss', this.#failed, epoch);
    }
    const stage = course.stageOf(epoch);
    if (programs.has(stage > 0 ? stageProgram(stage, 'constrain') : 'constrain')) {
      await session.run('constrain', {});
    }
    terms.add(outputs, rows.length);
    log.addLoss(loss);
    return loss;
  }

  notFinite(what: string, step: number, epoch: number): ProblemError {
    const learningRate = Number(this.learningRate(epoch).toPrecision(3));
    return new ProblemError(problem('NAN_LOSS', { step, epoch, learningRate, what }));
  }
}
