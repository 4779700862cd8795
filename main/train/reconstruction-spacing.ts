/** How often something may be made while a run goes on. */
interface SpacingLimits {
  /** Never closer, in milliseconds. */
  readonly closest: number;
  /** The share of the time that it may take, and with those at the ends of epochs. */
  readonly share: number;
  readonly shareWithEpochs: number;
}

/** At most nine a second, which leaves room for the one at the end. */
const RECONSTRUCTIONS: SpacingLimits = { closest: 111, share: 0.015, shareWithEpochs: 0.02 };

/** Decides when the next reconstruction is due, from what they have cost so far. Times in milliseconds. */
export class ReconstructionSpacing {
  #last = Number.NEGATIVE_INFINITY;
  #cost: number | null = null;
  #count = 0;

  constructor(private readonly limits = RECONSTRUCTIONS) {}

  /** At a step border: whether a reconstruction is due. */
  isDue(now: number): boolean {
    return this.#isFar(now, this.limits.share);
  }

  /** At the end of an epoch, of which one is wanted sooner: whether it may be made. */
  isAllowed(now: number): boolean {
    return this.#isFar(now, this.limits.shareWithEpochs);
  }

  made(now: number, cost: number): void {
    this.#last = now;
    this.#count += 1;
    // The first one warms the program up; its cost says nothing of the later ones.
    if (this.#count === 1) return;
    this.#cost = this.#cost === null ? cost : 0.7 * this.#cost + 0.3 * cost;
  }

  #isFar(now: number, share: number): boolean {
    return now - this.#last >= Math.max(this.limits.closest, (this.#cost ?? 0) / share);
  }
}
