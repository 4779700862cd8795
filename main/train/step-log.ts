import type { RunEvent } from '../../shared/ipc/contract';
import { RateMeter } from './rate-meter';

/** Milliseconds between progress events: at most 20 a second. */
const TOLD_EVERY = 50;

/** The pace of every step, and the losses that were not told yet: whoever is told keeps them. */
export class StepLog {
  readonly #rate = new RateMeter();
  #samples: number;
  #untold: number[] = [];
  #step: number;
  #toldAt = Number.NEGATIVE_INFINITY;

  /**
   * @param samplesInAll how many samples the whole run will meet
   * @param done of these, where it goes on from some
   */
  constructor(
    private readonly samplesInAll: number,
    done: { readonly step: number; readonly samples: number } = { step: 0, samples: 0 },
  ) {
    this.#step = done.step;
    this.#samples = done.samples;
  }

  /** Steps done. */
  get step(): number {
    return this.#step;
  }

  /** Over all training steps so far, and nothing else. */
  get samplesPerSecond(): number {
    return this.#rate.overall;
  }

  addLoss(loss: number): void {
    this.#untold.push(loss);
    this.#step += 1;
  }

  addTime(samples: number, milliseconds: number, cold: boolean): void {
    this.#samples += samples;
    this.#rate.add(samples, milliseconds, cold);
  }

  isDue(now: number): boolean {
    return now - this.#toldAt >= TOLD_EVERY;
  }

  /** Every step since the last such event, as an event; null where there is none. */
  progress(epoch: number): Omit<Extract<RunEvent, { kind: 'progress' }>, 'learningRate'> | null {
    this.#toldAt = performance.now();
    const losses = this.#untold;
    if (losses.length === 0) return null;
    this.#untold = [];
    const firstStep = this.#step - losses.length + 1;
    return {
      kind: 'progress',
      epoch,
      firstStep,
      losses,
      samplesPerSecond: this.#rate.recent,
      secondsLeft: this.#rate.secondsFor(this.samplesInAll - this.#samples),
    };
  }
}
