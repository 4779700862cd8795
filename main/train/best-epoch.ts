import type { ModelSession, Tensor } from '../execute/executor';
import { type EpochRecord, lossOfEpoch } from './epoch-record';

interface Best {
  readonly record: EpochRecord;
  readonly state: ReadonlyMap<string, Tensor>;
}

/**
 * Early stopping: remembers the state after the epoch of the lowest validation loss (training loss where nothing is held
 * out), and says when it has not become better for `patience` epochs. With a patience of 0 it never does, and keeps no
 * copy.
 */
export class BestEpoch {
  #best: Best | null;

  /**
   * @param best of a run that goes on
   * @param since the epoch from which on the patience is counted, where that is not the best one
   */
  constructor(
    private readonly session: ModelSession,
    private readonly patience: number,
    best: Best | null = null,
    private readonly since = 0,
  ) {
    this.#best = best;
  }

  /** What would be gone back to; null where nothing is kept. */
  get kept(): Best | null {
    return this.#best;
  }

  /** To be called after every epoch, before the next one's first step. @returns whether the run should end here */
  async after(record: EpochRecord): Promise<boolean> {
    if (this.patience === 0) return false;
    if (!this.#best || lossOfEpoch(record) < lossOfEpoch(this.#best.record)) {
      this.#best = { record, state: await this.session.state() };
    }
    return record.epoch - Math.max(this.#best.record.epoch, this.since) >= this.patience;
  }

  /** Puts the best state back. @returns its epoch's record; null where the last epoch was the best, or none was kept */
  async restore(last: EpochRecord | undefined): Promise<EpochRecord | null> {
    if (!this.#best || this.#best.record === last) return null;
    await this.session.setState(this.#best.state);
    return this.#best.record;
  }
}
