import type { ModelSession, Tensor } from '../execute/executor';

/** Milliseconds between two copies: copying must stay far below the cost of training. */
const COPY_EVERY = 10_000;

/**
 * The last state known to be finite. The guard keeps a NaN from reaching a weight, but an update by a huge finite
 * gradient can still overflow; the step after it fails, and then this copy takes the state's place.
 */
export class GoodState {
  #copiedAt = performance.now();

  constructor(
    private readonly session: ModelSession,
    private state: ReadonlyMap<string, Tensor>,
  ) {}

  /** Called where the model was just found sound; copies the state if the last copy is old enough. */
  async keep(): Promise<void> {
    if (performance.now() - this.#copiedAt < COPY_EVERY) return;
    const state = await this.session.state();
    if (allFinite(state)) this.state = state;
    this.#copiedAt = performance.now();
  }

  /** Takes a copy that somebody else keeps anyway, if it is sound: the one before is let go of. */
  take(state: ReadonlyMap<string, Tensor>): void {
    if (!allFinite(state)) return;
    this.state = state;
    this.#copiedAt = performance.now();
  }

  /** Called after a failure: puts the last finite state back where the present one is not finite. */
  async ensure(): Promise<void> {
    if (!allFinite(await this.session.state())) await this.session.setState(this.state);
  }
}

/** Whether every number of a state is one. */
export function allFinite(state: ReadonlyMap<string, Tensor>): boolean {
  for (const { data } of state.values()) {
    for (const value of data) if (!Number.isFinite(value)) return false;
  }
  return true;
}
