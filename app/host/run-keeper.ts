import { basename } from 'node:path';
import type { Logger } from 'pino';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { Asker } from '../../shared/ipc/client';
import type { StreamEvent } from '../../shared/ipc/contract';
import type { KeepingNote } from '../../shared/ipc/kept-run-schemas';
import type { KeptRuns } from '../files/kept-runs';

type RunsState = StreamEvent<'host.runs'>;

export interface RunKeeperParts {
  readonly engine: Asker;
  readonly runs: KeptRuns;
  /** The version of Hourglass. */
  readonly version: string;
  readonly log: Logger;
}

/** Has every run that the engine trains kept when it ends, whoever watches it, and tells when the kept runs have changed. */
export class RunKeeper {
  readonly runs: KeptRuns;
  readonly #parts: RunKeeperParts;
  readonly #listeners = new Set<(state: RunsState) => void>();
  #state: RunsState = { revision: 0, failure: null };
  /** The run begun last. */
  #last: { readonly runId: string; readonly kept: Promise<string | null> } | null = null;

  constructor(parts: RunKeeperParts) {
    this.#parts = parts;
    this.runs = parts.runs;
    parts.runs.onChange(() => this.#publish(this.#state.failure));
  }

  get state(): RunsState {
    return this.#state;
  }

  /** Calls back with every change. @returns a function that ends this */
  onState(listener: (state: RunsState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Has a run kept that the engine has begun; once, however often it is asked.
   *
   * @returns its id among the kept runs, once it has ended and all is written; null where it took no step. Rejects where it
   * could not be kept, which windows are told too.
   */
  begin(runId: string, sweep?: KeepingNote['sweep']): Promise<string | null> {
    if (this.#last?.runId !== runId) {
      const kept = this.#keep(runId, sweep);
      // What went wrong has been told; nobody needs to wait for it.
      kept.catch(() => {});
      this.#last = { runId, kept };
    }
    return this.#last.kept;
  }

  /**
   * Stops the run that goes on, if there is one, and waits until it is kept, at most so long. Never rejects: what could not
   * be kept has been told.
   */
  async stopAndKeep(patience: number): Promise<void> {
    const last = this.#last;
    if (!last) return;
    const work = this.#parts.engine
      .call('run.stop', { runId: last.runId })
      .then(() => last.kept)
      .then(
        () => {},
        () => {},
      );
    let late: NodeJS.Timeout | undefined;
    const impatience = new Promise<void>((resolve) => {
      late = setTimeout(resolve, patience);
    });
    await Promise.race([work, impatience]);
    clearTimeout(late);
  }

  async #keep(runId: string, sweep: KeepingNote['sweep']): Promise<string | null> {
    const { engine, runs, version, log } = this.#parts;
    runs.own(runId, true);
    try {
      const note = { app: version, ...(sweep && { sweep }) };
      const { folder } = await engine.call('run.keep', { runId, parent: runs.parent, note });
      runs.own(runId, false);
      if (folder === null) {
        // One that was gone on with and called off at once is as it was.
        this.#publish(this.#state.failure);
        return null;
      }
      log.info({ runId, folder }, 'the run was kept');
      this.#publish(null);
      await runs.tidy();
      return basename(folder);
    } catch (error) {
      log.error({ err: error, runId }, 'the run could not be kept');
      // An engine that died has told so itself; its run is among the interrupted ones then.
      const lost = error instanceof ProblemError && error.problems[0].code === 'ENGINE_LOST';
      runs.own(runId, false);
      this.#publish(lost ? this.#state.failure : toldOf(error));
      throw error;
    }
  }

  #publish(failure: RunsState['failure']): void {
    this.#state = { revision: this.#state.revision + 1, failure };
    for (const listener of [...this.#listeners]) listener(this.#state);
  }
}

function toldOf(error: unknown): RunsState['failure'] {
  const reason = error instanceof Error ? error.message : String(error);
  const { where: _, ...told } = problem('RUN_NOT_KEPT', { reason });
  return told;
}
