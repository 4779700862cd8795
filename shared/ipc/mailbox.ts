/** The receiving half of a transport: keeps what comes before there is a listener, and closes once. */
export class Mailbox {
  #waiting: unknown[] = [];
  #take: ((message: unknown) => void) | null = null;
  readonly #closeListeners: ((reason: string) => void)[] = [];
  #reason: string | null = null;

  get closed(): boolean {
    return this.#reason !== null;
  }

  deliver(message: unknown): void {
    if (this.closed) return;
    if (this.#take) this.#take(message);
    else this.#waiting.push(message);
  }

  close(reason: string): void {
    if (this.closed) return;
    this.#reason = reason;
    this.#waiting = [];
    for (const listener of this.#closeListeners.splice(0)) listener(reason);
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#take = listener;
    for (const message of this.#waiting.splice(0)) this.deliver(message);
  }

  onClose(listener: (reason: string) => void): void {
    if (this.#reason === null) this.#closeListeners.push(listener);
    else listener(this.#reason);
  }
}
