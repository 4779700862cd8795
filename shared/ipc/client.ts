import { problem } from '../errors/catalogue';
import { Cancelled, ProblemError } from '../errors/problem';
import { Bug } from './bug';
import type { CancelSignal } from './cancel-signal';
import type { CallName, CallParams, CallResult, StreamEvent, StreamName, StreamParams } from './contract';
import { type Frame, frameSchema } from './frame';
import { invalidRequest } from './invalid-request';
import { callSchemas, streamSchemas } from './schemas';
import type { Transport } from './transport';
import { fromWire } from './wire-error';

/** A stream being followed. */
export interface StreamHandle {
  /** No event comes after this; `ended` rejects with Cancelled. Does nothing once ended. */
  cancel(): void;
  /** Resolves when the stream completed; rejects with its ProblemError or Bug, or with Cancelled. */
  readonly ended: Promise<void>;
}

/**
 * @param sequence rises with every event of the stream; of `run.events` it is what `after` takes.
 * @returns a promise where the reader wants to be asked before more events are sent.
 */
export type EventListener<E> = (event: E, sequence: number) => unknown;

/** Asks. What a transport, a reconnecting connection or a host that forwards have in common. */
export interface Asker {
  /**
   * @throws ProblemError, Bug, or Cancelled (also at once when `signal` is raised)
   */
  call<C extends CallName>(
    name: C,
    params: CallParams<C>,
    options?: { readonly signal?: CancelSignal },
  ): Promise<CallResult<C>>;
  stream<S extends StreamName>(
    name: S,
    params: StreamParams<S>,
    onEvent: EventListener<StreamEvent<S>>,
  ): StreamHandle;
}

interface Waiting {
  settle(frame: Frame): void;
  fail(error: Error): void;
}

/** Calls and streams over one transport. When it closes, everything that waits is rejected. */
export class Client implements Asker {
  readonly #transport: Transport;
  readonly #lost: (reason: string) => Error;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #closed: Error | null = null;

  /** @param lost the error that those still waiting get when the peer is gone. */
  constructor(
    transport: Transport,
    lost: (reason: string) => Error = (reason) => new ProblemError(problem('CONNECTION_LOST', { reason })),
  ) {
    this.#transport = transport;
    this.#lost = lost;
    transport.onClose((reason) => this.#close(reason));
    transport.onMessage((message) => this.#take(message));
  }

  call<C extends CallName>(
    name: C,
    params: CallParams<C>,
    { signal }: { readonly signal?: CancelSignal } = {},
  ): Promise<CallResult<C>> {
    return new Promise((resolve, reject) => {
      if (this.#closed) throw this.#closed;
      if (signal?.aborted) throw new Cancelled();
      const checked = callSchemas[name].params.safeParse(params);
      if (!checked.success) throw invalidRequest(name, checked.error);
      const id = this.#nextId();
      const onAbort = () => {
        this.#transport.post({ kind: 'cancel', id } satisfies Frame);
        finish(() => reject(new Cancelled()));
      };
      const finish = (then: () => void) => {
        this.#waiting.delete(id);
        signal?.removeEventListener('abort', onAbort);
        then();
      };
      this.#waiting.set(id, {
        fail: (error) => finish(() => reject(error)),
        settle: (frame) => {
          const result = frame.kind === 'result' ? callSchemas[name].result.safeParse(frame.value) : null;
          finish(() => {
            if (result?.success) resolve(result.data);
            else reject(frame.kind === 'error' ? fromWire(frame.error) : new Bug(null));
          });
        },
      });
      signal?.addEventListener('abort', onAbort);
      try {
        this.#transport.post({ kind: 'call', id, name, params: checked.data } satisfies Frame);
      } catch (error) {
        finish(() => reject(error));
      }
    });
  }

  stream<S extends StreamName>(
    name: S,
    params: StreamParams<S>,
    onEvent: EventListener<StreamEvent<S>>,
  ): StreamHandle {
    if (this.#closed) return endedStream(this.#closed);
    const checked = streamSchemas[name].params.safeParse(params);
    if (!checked.success) return endedStream(invalidRequest(name, checked.error));
    const id = this.#nextId();
    const reader = new StreamReader<StreamEvent<S>>(
      streamSchemas[name].event,
      onEvent,
      (frame) => this.#transport.post(frame),
      id,
      () => this.#waiting.delete(id),
    );
    this.#waiting.set(id, reader);
    this.#transport.post({ kind: 'open', id, name, params: checked.data } satisfies Frame);
    return reader;
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  #take(message: unknown): void {
    const frame = frameSchema.safeParse(message);
    // Answers to what was cancelled meanwhile find nobody waiting.
    if (frame.success) this.#waiting.get(frame.data.id)?.settle(frame.data);
    else this.#transport.close('a message could not be understood');
  }

  #close(reason: string): void {
    if (this.#closed) return;
    this.#closed = this.#lost(reason);
    for (const waiting of [...this.#waiting.values()]) waiting.fail(this.#closed);
  }
}

/** Delivers the events of one stream in order, one at a time, and acknowledges each when the reader is done with it. */
class StreamReader<E> implements Waiting, StreamHandle {
  readonly ended: Promise<void>;
  readonly #schema: { safeParse(value: unknown): { success: true; data: E } | { success: false } };
  readonly #onEvent: EventListener<E>;
  readonly #post: (frame: Frame) => void;
  readonly #id: number;
  readonly #forget: () => void;
  readonly #arrived: Frame[] = [];
  #busy = false;
  #over = false;
  #resolve: () => void = () => {};
  #reject: (error: unknown) => void = () => {};

  constructor(
    schema: { safeParse(value: unknown): { success: true; data: E } | { success: false } },
    onEvent: EventListener<E>,
    post: (frame: Frame) => void,
    id: number,
    forget: () => void,
  ) {
    this.#schema = schema;
    this.#onEvent = onEvent;
    this.#post = post;
    this.#id = id;
    this.#forget = forget;
    this.ended = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Whoever does not look at the end is not to be killed by it.
    this.ended.catch(() => {});
  }

  cancel(): void {
    this.#abandon(new Cancelled());
  }

  fail(error: Error): void {
    this.#end(error);
  }

  settle(frame: Frame): void {
    this.#arrived.push(frame);
    if (!this.#busy) this.#deliver();
  }

  #deliver(): void {
    for (let frame = this.#arrived.shift(); frame && !this.#over; frame = this.#arrived.shift()) {
      if (frame.kind === 'end') {
        this.#end(frame.error ? fromWire(frame.error) : null);
      } else {
        const event = frame.kind === 'event' ? this.#schema.safeParse(frame.value) : null;
        if (frame.kind !== 'event' || !event?.success) this.#abandon(new Bug(null));
        else if (!this.#hand(event.data, frame.sequence)) return;
      }
    }
  }

  /** @returns whether the reader is done with the event; if not, delivery goes on when it is. */
  #hand(event: E, sequence: number): boolean {
    let answer: unknown;
    try {
      answer = this.#onEvent(event, sequence);
    } catch (error) {
      this.#abandon(error);
      return true;
    }
    if (!(answer instanceof Promise)) {
      this.#acknowledge(sequence);
      return true;
    }
    this.#busy = true;
    answer.then(
      () => {
        this.#busy = false;
        this.#acknowledge(sequence);
        this.#deliver();
      },
      (error: unknown) => this.#abandon(error),
    );
    return false;
  }

  #acknowledge(sequence: number): void {
    if (!this.#over) this.#post({ kind: 'taken', id: this.#id, sequence });
  }

  #abandon(error: unknown): void {
    if (this.#over) return;
    this.#post({ kind: 'cancel', id: this.#id });
    this.#end(error);
  }

  #end(error: unknown): void {
    if (this.#over) return;
    this.#over = true;
    this.#arrived.length = 0;
    this.#forget();
    if (error === null) this.#resolve();
    else this.#reject(error);
  }
}

function endedStream(error: Error): StreamHandle {
  const ended = Promise.reject(error);
  ended.catch(() => {});
  return { cancel: () => {}, ended };
}
