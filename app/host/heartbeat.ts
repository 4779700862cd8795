export interface HeartbeatLimits {
  /** Milliseconds between two questions. */
  readonly every: number;
  /** Milliseconds without an answer that are worth a word, until longer ones have proved harmless. */
  readonly silent: number;
  /** The most that is waited before a word, however long the answers took so far. */
  readonly longest: number;
}

const LIMITS: HeartbeatLimits = { every: 1_000, silent: 10_000, longest: 60_000 };
/** A silence is worth a word when it is so many times the longest that was answered. */
const BEYOND = 2;

/**
 * Notices that a process lives but no longer answers. It asks one question at a time, which costs the process
 * nothing; a native step blocks the process for as long as it takes, so the limit follows the longest silence that
 * ended by itself. Nothing is done about a silence but to tell it.
 */
export class Heartbeat {
  readonly #ask: () => Promise<unknown>;
  readonly #onSilence: (seconds: number | null) => void;
  readonly #limits: HeartbeatLimits;
  readonly #timer: NodeJS.Timeout;
  /** Counted in ticks of this process, so that a sleeping computer is no silence. */
  #waited = 0;
  #waiting = false;
  #told = false;
  #longestAnswered = 0;

  /**
   * @param ask rejects, at the latest, when the process is gone
   * @param onSilence told the seconds again and again while it lasts, and null when it is over
   */
  constructor(
    ask: () => Promise<unknown>,
    onSilence: (seconds: number | null) => void,
    limits: Partial<HeartbeatLimits> = {},
  ) {
    this.#ask = ask;
    this.#onSilence = onSilence;
    this.#limits = { ...LIMITS, ...limits };
    this.#timer = setInterval(() => this.#beat(), this.#limits.every);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #beat(): void {
    if (!this.#waiting) {
      this.#waiting = true;
      this.#waited = 0;
      this.#ask().then(
        () => this.#answered(),
        () => this.stop(),
      );
      return;
    }
    this.#waited += this.#limits.every;
    const { silent, longest } = this.#limits;
    const limit = Math.min(longest, Math.max(silent, BEYOND * this.#longestAnswered));
    if (this.#waited < limit) return;
    this.#told = true;
    this.#onSilence(Math.round(this.#waited / 1_000));
  }

  #answered(): void {
    this.#waiting = false;
    this.#longestAnswered = Math.max(this.#longestAnswered, this.#waited);
    if (!this.#told) return;
    this.#told = false;
    this.#onSilence(null);
  }
}
