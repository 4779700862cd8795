import type { bestEngine, openEngine } from '../execute/engines';
import type { EngineName, Executor } from '../execute/executor';

/** The functions that native runtimes are found and loaded by. */
export interface Engines {
  readonly openEngine: typeof openEngine;
  readonly bestEngine: typeof bestEngine;
}

/**
 * Native runtimes, each loaded once. Which is the best is asked anew every time: TensorFlow may have been fetched since. Both
 * can be loaded in one process, so the last run and its weights stay until the next one begins.
 */
export class NativeRuntimes {
  readonly #opened = new Map<EngineName, Promise<Executor>>();

  constructor(private readonly engines: Engines) {}

  /** @param engine the best one unless told */
  async open(engine?: EngineName): Promise<Executor> {
    const name = engine ?? (await this.engines.bestEngine());
    const opening = this.#opened.get(name) ?? this.engines.openEngine(name);
    this.#opened.set(name, opening);
    try {
      return await opening;
    } catch (error) {
      // It may be there the next time.
      this.#opened.delete(name);
      throw error;
    }
  }
}
