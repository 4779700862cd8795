import type { ParameterEntries, ParameterValues } from '../blocks/parameter';

/** Where a run stands before one of its steps. */
export interface ScheduleProgress {
  /** Steps done, and those of the whole run. */
  readonly step: number;
  readonly steps: number;
  readonly stepsPerEpoch: number;
  /** The validation loss of every epoch that is over; the training loss where nothing was held out. */
  readonly epochLosses: readonly number[];
}

/**
 * One way for the learning rate to change while training. A new one is one file that exports this, and one line in
 * `catalogue.ts`; the inspector, the document schema and the run follow from it.
 */
export interface ScheduleDefinition<P extends ParameterEntries = ParameterEntries> {
  readonly type: string;
  readonly label: string;
  /** One sentence: what it does. */
  readonly help: string;
  readonly params: P;
  /** Whether every step's rate follows from how long the whole run is. */
  readonly spansRun?: true;
  /**
   * What the learning rate is multiplied by for the step that comes next: above 0, at most 1. It follows from the
   * progress alone, so that a run that is resumed goes on as it would have.
   */
  factor(params: ParameterValues<P>, progress: ScheduleProgress): number;
}
