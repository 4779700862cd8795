import { Cancelled } from '../../shared/errors/problem';
import type { Asker, StreamHandle } from '../../shared/ipc/client';
import type { CallName, CallParams, CallResult } from '../../shared/ipc/contract';
import { afterRunEvent, isGoingOn, newRunProgress, type RunProgress } from './run-progress';

/** Milliseconds that the engine may take to stop a run and to write what came of it. */
const PATIENCE = 60_000;

/** Follows the run that the engine trains. What it knows comes from the engine alone, whatever pages say. */
export class RunWatch {
  readonly #engine: Asker;
  readonly #onChange: (progress: RunProgress, seconds: number) => void;
  #progress: RunProgress | null = null;
  #since = 0;

  /** @param onChange told of every change, with the seconds since the run began */
  constructor(engine: Asker, onChange: (progress: RunProgress, seconds: number) => void) {
    this.#engine = engine;
    this.#onChange = onChange;
  }

  /** The run going on or the last one; null before the first. */
  get progress(): RunProgress | null {
    return this.#progress;
  }

  get isGoingOn(): boolean {
    return this.#progress !== null && isGoingOn(this.#progress);
  }

  /** The engine has begun a run. */
  begin(runId: string): void {
    this.#since = performance.now();
    this.#publish(newRunProgress(runId));
    const stream: StreamHandle = this.#engine.stream('run.events', { runId, after: -1 }, (event) => {
      const before = this.#progress;
      const next = before?.runId === runId ? afterRunEvent(before, event) : null;
      if (!next) stream.cancel();
      else if (next !== before) this.#publish(next);
    });
    stream.ended.catch((error: unknown) => {
      // The engine died, and the run with it.
      if (error instanceof Cancelled || this.#progress?.runId !== runId || !this.isGoingOn) return;
      const failure = error instanceof Error ? error.message : String(error);
      this.#publish({ ...this.#progress, phase: 'failed', failure });
    });
  }

  /** Asks the engine, where it answers soon, whether a run is going on that nobody told of. */
  async lookAgain(): Promise<void> {
    const late = new Promise<null>((resolve) => setTimeout(resolve, 1_000, null));
    const asked = this.#ask('run.current', {}).catch(() => null);
    const run = (await Promise.race([asked, late]))?.run;
    if (run && run.runId !== this.#progress?.runId) this.begin(run.runId);
  }

  /**
   * Stops the run going on and waits until it is kept; gives back what `keep` does.
   * @throws ProblemError where the engine is lost or can't write; Error where it does not answer
   */
  async stopAndKeep<T>(keep: (runId: string) => Promise<T>): Promise<T> {
    const runId = this.#progress?.runId ?? '';
    let late: NodeJS.Timeout | undefined;
    const impatience = new Promise<never>((_, reject) => {
      const seconds = PATIENCE / 1_000;
      late = setTimeout(
        () => reject(new Error(`The engine did not answer for ${seconds} seconds.`)),
        PATIENCE,
      );
    });
    const work = async () => {
      await this.#ask('run.stop', { runId });
      return keep(runId);
    };
    try {
      return await Promise.race([work(), impatience]);
    } finally {
      clearTimeout(late);
    }
  }

  /** Rejects where the engine is down, which its host throws. */
  async #ask<C extends CallName>(name: C, params: CallParams<C>): Promise<CallResult<C>> {
    return this.#engine.call(name, params);
  }

  #publish(progress: RunProgress): void {
    this.#progress = progress;
    this.#onChange(progress, (performance.now() - this.#since) / 1_000);
  }
}
