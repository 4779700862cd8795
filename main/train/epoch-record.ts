import type { CodeActivity } from './code-activity';
import type { Metrics } from './evaluation';
import type { LossTerms } from './loss-terms';

/** One finished epoch. */
export interface EpochRecord {
  /** Counted from 1. */
  readonly epoch: number;
  /** Steps done since the start of the run. */
  readonly step: number;
  /** The block whose stage of pre-training it belongs to; absent where the whole was trained. */
  readonly stage?: string;
  /** Mean over the epoch's samples, as they were met. */
  readonly trainLoss: number;
  readonly validation: Metrics | null;
  /** What the training loss is the sum of, where something is charged for beside the error. */
  readonly terms?: LossTerms;
  /** How active the code is on validation samples, where it is charged. */
  readonly activity?: CodeActivity;
  /** Over this epoch's training steps only. */
  readonly samplesPerSecond: number;
}

/** What schedules and early stopping go by: the validation loss, or the training loss where nothing is held out. */
export function lossOfEpoch({ validation, trainLoss }: EpochRecord): number {
  return validation?.loss ?? trainLoss;
}
