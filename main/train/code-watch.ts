import type { ModelSession } from '../execute/executor';
import type { Go } from './evaluation';
import type { CodeSnapshot, RunCodes } from './run-codes';

type Taker = (snapshot: CodeSnapshot) => void;

/** Never closer, in milliseconds, while a run goes on. */
const CLOSEST = 300;
/** The share of the time that watching codes may take. */
const SHARE = 0.1;

/** Tells those who watch a run's codes how these lie after each epoch; costs nothing where nobody does. */
export class CodeWatch {
  readonly #codes: RunCodes;
  readonly #takers = new Set<Taker>();
  #latest: CodeSnapshot | null = null;
  #toldAt = Number.NEGATIVE_INFINITY;
  #cost = 0;

  constructor(codes: RunCodes) {
    this.#codes = codes;
  }

  /** What was told last; null before the first. */
  get latest(): CodeSnapshot | null {
    return this.#latest;
  }

  /** @returns a function that ends this */
  watch(taker: Taker): () => void {
    this.#takers.add(taker);
    return () => this.#takers.delete(taker);
  }

  /** After an epoch: where anyone watches, unless the last time was a moment ago. */
  async afterEpoch(session: ModelSession, step: number, go: Go): Promise<void> {
    const since = performance.now();
    if (since - this.#toldAt >= Math.max(CLOSEST, this.#cost / SHARE)) await this.#tell(session, step, go);
  }

  /** At a run's end: where anyone watches, and has not been told of these very weights. */
  async atEnd(session: ModelSession, step: number, restored: boolean, go: Go): Promise<void> {
    if (restored || this.#latest?.step !== step) await this.#tell(session, step, go);
  }

  /** The codes as the present weights have them, for one who comes to watch. Between steps where a run goes on. */
  async now(session: ModelSession, step: number): Promise<CodeSnapshot> {
    if (this.#latest?.step === step) return this.#latest;
    const snapshot = await this.#codes.snapshot(session, step, async () => true);
    if (!snapshot) throw new Error('Encoding ended though nobody ended it.');
    // A later epoch may have been told meanwhile.
    if (!this.#latest || this.#latest.step <= step) this.#latest = snapshot;
    return snapshot;
  }

  async #tell(session: ModelSession, step: number, go: Go): Promise<void> {
    if (this.#takers.size === 0) return;
    const since = performance.now();
    const snapshot = await this.#codes.snapshot(session, step, go);
    if (!snapshot) return;
    this.#toldAt = performance.now();
    this.#cost = this.#toldAt - since;
    this.#latest = snapshot;
    for (const take of this.#takers) take(snapshot);
  }
}
