import type { CancelSignal } from './cancel-signal';
import type { CallName, CallParams, CallResult, StreamEvent, StreamName, StreamParams } from './contract';

export type CallHandler<C extends CallName> = (
  params: CallParams<C>,
  context: { readonly signal: CancelSignal },
) => Promise<CallResult<C>> | CallResult<C>;

/** How a stream's handler speaks to its one reader. */
export interface StreamContext<E> {
  /** Raised when the reader cancelled or is gone. */
  readonly signal: CancelSignal;
  /**
   * Sends an event; waits its turn where the reader is behind. The promise resolves when there is room for the next:
   * a handler that can wait for it keeps nothing in memory, one that can't gives `merge`.
   *
   * @param sequence must rise; without it events are counted from 0.
   */
  emit(event: E, sequence?: number): Promise<void>;
}

/** Resolves when the stream is completed. */
export type StreamHandler<S extends StreamName> = (
  params: StreamParams<S>,
  context: StreamContext<StreamEvent<S>>,
) => Promise<void>;

/** One event that says what the two said, or null where both are needed. */
export type Merge<E> = (previous: E, next: E) => E | null;

interface StreamRegistration<S extends StreamName> {
  readonly handle: StreamHandler<S>;
  readonly merge: Merge<StreamEvent<S>>;
}

type Calls = { [C in CallName]?: CallHandler<C> };
type Streams = { [S in StreamName]?: StreamRegistration<S> };

/** What one program answers, each name once. Served over any number of transports. */
export class Handlers {
  readonly #calls: Calls = {};
  readonly #streams: Streams = {};

  /** @throws Error where the name has a handler already. */
  onCall<C extends CallName>(name: C, handler: CallHandler<C>): this {
    if (this.#calls[name]) throw new Error(`The call ${name} has a handler already`);
    const calls: { [K in C]?: CallHandler<K> } = this.#calls;
    calls[name] = handler;
    return this;
  }

  /** @throws Error where the name has a handler already. */
  onStream<S extends StreamName>(
    name: S,
    handle: StreamHandler<S>,
    merge: Merge<StreamEvent<S>> = () => null,
  ): this {
    if (this.#streams[name]) throw new Error(`The stream ${name} has a handler already`);
    const streams: { [K in S]?: StreamRegistration<K> } = this.#streams;
    streams[name] = { handle, merge };
    return this;
  }

  call<C extends CallName>(name: C): Calls[C] {
    return this.#calls[name];
  }

  stream<S extends StreamName>(name: S): Streams[S] {
    return this.#streams[name];
  }
}
