/** What this layer needs of an AbortSignal, which Node and browsers both have but `shared` may not name. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Raises its own signal, once. */
export class Cancellation {
  readonly #listeners = new Set<() => void>();
  #aborted = false;
  readonly signal: CancelSignal;

  constructor() {
    const isAborted = () => this.#aborted;
    this.signal = {
      get aborted() {
        return isAborted();
      },
      addEventListener: (_, listener) => {
        if (!this.#aborted) this.#listeners.add(listener);
      },
      removeEventListener: (_, listener) => {
        this.#listeners.delete(listener);
      },
    };
  }

  cancel(): void {
    if (this.#aborted) return;
    this.#aborted = true;
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener();
  }
}
