/** How far back the recent rate looks, in milliseconds of training time. */
const WINDOW = 2000;

/** Samples a second over training steps only: evaluation, reconstructions and pauses do not count. */
export class RateMeter {
  #samples = 0;
  #milliseconds = 0;
  #rate: number | null = null;

  /** @param cold whether this was the first run of its program: buffers and threads were set up, so it tells little */
  add(samples: number, milliseconds: number, cold: boolean): void {
    this.#samples += samples;
    this.#milliseconds += milliseconds;
    if (cold || milliseconds <= 0) return;
    const rate = (samples / milliseconds) * 1000;
    const weight = 1 - Math.exp(-milliseconds / WINDOW);
    this.#rate = this.#rate === null ? rate : (1 - weight) * this.#rate + weight * rate;
  }

  /** Over the last two seconds or so. */
  get recent(): number {
    return this.#rate ?? this.overall;
  }

  /** Over the whole run. */
  get overall(): number {
    return this.#milliseconds > 0 ? (this.#samples / this.#milliseconds) * 1000 : 0;
  }

  secondsFor(samples: number): number {
    const rate = this.recent;
    return rate > 0 ? samples / rate : 0;
  }
}
