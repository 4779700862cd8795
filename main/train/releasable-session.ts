import type { DrawKey, ModelSession, Tensor } from '../execute/executor';

/**
 * A session that can be let go of for a while: its state alone is kept then, and whoever needs more has it opened again, where
 * it goes on bit for bit.
 */
export class ReleasableSession implements ModelSession {
  #session: ModelSession | null;
  /** While it is let go of. */
  #state: ReadonlyMap<string, Tensor> | null = null;
  #opening: Promise<ModelSession> | null = null;
  #inUse = 0;
  #disposed = false;

  constructor(
    session: ModelSession,
    private readonly reopen: (state: ReadonlyMap<string, Tensor>) => Promise<ModelSession>,
  ) {
    this.#session = session;
  }

  /**
   * Frees everything but the state, unless it is in use at this moment.
   *
   * @returns the state, whose tensors are not to be changed; null where it could not be let go of
   */
  async release(): Promise<ReadonlyMap<string, Tensor> | null> {
    const session = this.#session;
    if (!session || this.#inUse > 0 || this.#disposed) return null;
    const state = await this.#using(() => session.state());
    if (this.#inUse > 0 || this.#disposed || this.#session !== session) return null;
    this.#state = state;
    this.#session = null;
    await session.dispose();
    return state;
  }

  run(program: string, feeds: Readonly<Record<string, Tensor>>, draw?: DrawKey) {
    return this.#using((session) => session.run(program, feeds, draw));
  }

  async state(names?: readonly string[]): Promise<Map<string, Tensor>> {
    const kept = this.#state;
    if (!kept) return this.#using((session) => session.state(names));
    const wanted = names ?? [...kept.keys()];
    return new Map(
      wanted.map((name) => {
        const tensor = kept.get(name);
        if (!tensor) throw new Error(`There is no state ${name}`);
        return [name, { ...tensor, data: tensor.data.slice() }];
      }),
    );
  }

  setState(state: ReadonlyMap<string, Tensor>): Promise<void> {
    return this.#using((session) => session.setState(state));
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    const session = this.#session ?? (await this.#opening?.catch(() => null));
    this.#session = null;
    this.#state = null;
    await session?.dispose();
  }

  async #using<T>(work: (session: ModelSession) => Promise<T>): Promise<T> {
    this.#inUse += 1;
    try {
      return await work(this.#session ?? (await this.#open()));
    } finally {
      this.#inUse -= 1;
    }
  }

  #open(): Promise<ModelSession> {
    const state = this.#state;
    if (this.#disposed || !state) throw new Error('This model session has been disposed of');
    this.#opening ??= this.reopen(state)
      .then((session) => {
        this.#session = session;
        this.#state = null;
        return session;
      })
      .finally(() => {
        this.#opening = null;
      });
    return this.#opening;
  }
}
