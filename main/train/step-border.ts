/**
 * Where a run can be paused and stopped: between two steps, or between two batches of an evaluation. Also lets the
 * event loop turn every few milliseconds, so that calls and messages come through while native steps run.
 */
export class StepBorder {
  #state: 'going' | 'paused' | 'stopped' = 'going';
  #wake: (() => void) | null = null;
  #lastTurn = performance.now();
  #pausedFor = 0;

  constructor(
    private readonly said: {
      /** What it returns is waited for before the run goes on. */
      onPaused(): void | Promise<void>;
      onResumed(): void;
    },
    private readonly turnEvery = 8,
  ) {}

  /** Milliseconds spent in pauses. */
  get pausedFor(): number {
    return this.#pausedFor;
  }

  pause(): void {
    if (this.#state === 'going') this.#state = 'paused';
  }

  resume(): void {
    if (this.#state === 'paused') this.#change('going');
  }

  stop(): void {
    this.#change('stopped');
  }

  /** Waits out a pause. @returns whether to go on; false once the run was stopped. */
  async cross(): Promise<boolean> {
    if (this.#isPaused()) await this.#waitOutPause();
    else if (performance.now() - this.#lastTurn > this.turnEvery) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      this.#lastTurn = performance.now();
      if (this.#isPaused()) await this.#waitOutPause();
    }
    return this.#state !== 'stopped';
  }

  async #waitOutPause(): Promise<void> {
    const since = performance.now();
    const settled = this.said.onPaused();
    while (this.#isPaused()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    await settled;
    this.#pausedFor += performance.now() - since;
    this.#lastTurn = performance.now();
    if (this.#state === 'going') this.said.onResumed();
  }

  #isPaused(): boolean {
    return this.#state === 'paused';
  }

  #change(state: 'going' | 'stopped'): void {
    this.#state = state;
    this.#wake?.();
    this.#wake = null;
  }
}
