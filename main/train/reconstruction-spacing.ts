/** Never closer, in milliseconds: at most nine a second, which leaves room for the one at the end. */
const CLOSEST = 111;
/** The share of the time that reconstructions may take, and with those at the ends of epochs. */
const SHARE = 0.015;
const SHARE_WITH_EPOCHS = 0.025;

/** Decides when the next reconstruction is due, from what they have cost so far. Times in milliseconds. */
export class ReconstructionSpacing {
  #last = Number.NEGATIVE_INFINITY;
  #cost: number | null = null;
  #count = 0;

  /** At a step border: whether a reconstruction is due. */
  isDue(now: number): boolean {
    return this.#isFar(now, SHARE);
  }

  /** At the end of an epoch, of which one is wanted sooner: whether it may be made. */
  isAllowed(now: number): boolean {
    return this.#isFar(now, SHARE_WITH_EPOCHS);
  }

  made(now: number, cost: number): void {
    this.#last = now;
    this.#count += 1;
    // The first one warms the program up; its cost says nothing of the later ones.
    if (this.#count === 1) return;
    this.#cost = this.#cost === null ? cost : 0.7 * this.#cost + 0.3 * cost;
  }

  #isFar(now: number, share: number): boolean {
    return now - this.#last >= Math.max(CLOSEST, (this.#cost ?? 0) / share);
  }
}
