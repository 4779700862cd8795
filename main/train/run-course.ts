import { rateFactor } from '../../shared/schedules/catalogue';
import { betaOf } from '../compile/code-divergence';
import type { PreparedRun } from './run-preparation';

/** The course of a run: what follows from the numbers of the epoch and of the steps done. Epochs are counted from 1. */
export class RunCourse {
  constructor(
    private readonly prepared: Pick<
      PreparedRun,
      'document' | 'plan' | 'stages' | 'stageEpochs' | 'stepsPerEpoch'
    >,
  ) {}

  /** Epochs of all stages of pre-training and of the whole. */
  get epochs(): number {
    return this.#pretrainingEpochs + this.prepared.document.training.epochs;
  }

  /** The stage of pre-training that an epoch belongs to, counted from 1; 0 where the whole is trained. */
  stageOf(epoch: number): number {
    return epoch > this.#pretrainingEpochs ? 0 : Math.ceil(epoch / this.prepared.stageEpochs);
  }

  /** Whether an epoch is the first of its stage, or of the whole. */
  beginsPlan(epoch: number): boolean {
    return epoch === 1 || this.stageOf(epoch) !== this.stageOf(epoch - 1);
  }

  /**
   * The learning rate of the step that comes after `step`.
   *
   * @param epochLosses of every epoch of the whole that is over
   */
  learningRate(epoch: number, step: number, epochLosses: readonly number[]): number {
    const { document, stepsPerEpoch } = this.prepared;
    const { learningRate, schedule, epochs } = document.training;
    // Stages are short: the schedule begins with the whole.
    if (this.stageOf(epoch) > 0) return learningRate;
    const steps = epochs * stepsPerEpoch;
    const progress = { step: this.#stepsOfWhole(step), steps, stepsPerEpoch, epochLosses };
    return learningRate * rateFactor(schedule, progress);
  }

  /** How much a variational code's divergence counts in the step that comes after `step`; null where there is none. */
  beta(epoch: number, step: number): number | null {
    const { plan, stages, stepsPerEpoch } = this.prepared;
    const variational = betaOf(stages[this.stageOf(epoch) - 1]?.plan ?? plan);
    if (!variational) return null;
    const { beta, warmUp } = variational;
    const steps = warmUp * stepsPerEpoch;
    return steps > 0 ? beta * Math.min(1, this.#stepsOfWhole(step) / steps) : beta;
  }

  get #pretrainingEpochs(): number {
    return this.prepared.stages.length * this.prepared.stageEpochs;
  }

  /** Of so many steps, those since the whole began to be trained. */
  #stepsOfWhole(step: number): number {
    return Math.max(0, step - this.#pretrainingEpochs * this.prepared.stepsPerEpoch);
  }
}
