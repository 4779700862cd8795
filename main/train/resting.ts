/** Does something once a run has rested for so long; not where it goes on before. */
export class Resting {
  #timer: NodeJS.Timeout | null = null;

  /** @param after milliseconds */
  constructor(
    private readonly after: number,
    private readonly act: () => Promise<void>,
  ) {}

  begin(): void {
    this.end();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      // What can't be let go of stays, and costs nobody their run.
      void this.act().catch(() => {});
    }, this.after);
    // A process that has nothing else to do does not wait for it.
    this.#timer.unref();
  }

  end(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
