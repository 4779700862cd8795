import { problem } from '../errors/catalogue';
import { ProblemError } from '../errors/problem';
import type { Merge } from './handlers';

/** How far a sender goes ahead of its reader. */
export interface StreamLimits {
  /** Events sent and not yet acknowledged. */
  readonly ahead: number;
  /** Events kept until they may be sent. */
  readonly queued: number;
}

const STREAM_LIMITS: StreamLimits = { ahead: 8, queued: 256 };

interface Queued<E> {
  event: E;
  sequence: number;
}

/**
 * The sending end of one stream. A few events are ahead of the reader; the rest wait here, merged where they can be,
 * so that a reader that sleeps costs a bounded amount of memory however fast events come.
 */
export class StreamSender<E> {
  readonly #send: (event: E, sequence: number) => void;
  readonly #merge: Merge<E>;
  readonly #limits: StreamLimits;
  readonly #queue: Queued<E>[] = [];
  readonly #ahead: number[] = [];
  #last = -1;
  #room: { readonly promise: Promise<void>; readonly resolve: () => void } | null = null;

  constructor(
    send: (event: E, sequence: number) => void,
    merge: Merge<E>,
    limits: StreamLimits = STREAM_LIMITS,
  ) {
    this.#send = send;
    this.#merge = merge;
    this.#limits = limits;
  }

  /** @throws ProblemError where more events wait than are allowed. */
  emit(event: E, sequence = this.#last + 1): Promise<void> {
    if (sequence <= this.#last) throw new Error(`Event ${sequence} came after event ${this.#last}`);
    this.#last = sequence;
    const previous = this.#queue.at(-1);
    const merged = previous && this.#merge(previous.event, event);
    if (previous && merged) {
      previous.event = merged;
      previous.sequence = sequence;
    } else {
      if (this.#queue.length >= this.#limits.queued)
        throw new ProblemError(problem('READER_TOO_SLOW', undefined));
      this.#queue.push({ event, sequence });
    }
    this.#pump();
    if (this.#ahead.length < this.#limits.ahead) return Promise.resolve();
    if (!this.#room) {
      let resolve = () => {};
      const promise = new Promise<void>((done) => {
        resolve = done;
      });
      this.#room = { promise, resolve };
    }
    return this.#room.promise;
  }

  /** The reader has dealt with all events up to `sequence`. */
  taken(sequence: number): void {
    while ((this.#ahead[0] ?? Number.POSITIVE_INFINITY) <= sequence) this.#ahead.shift();
    this.#pump();
    if (this.#ahead.length < this.#limits.ahead) this.release();
  }

  /** Sends all that waits: no more will come. */
  flush(): void {
    for (const { event, sequence } of this.#queue.splice(0)) this.#send(event, sequence);
    this.release();
  }

  /** Lets go whoever waits for room; the stream is over. */
  release(): void {
    this.#room?.resolve();
    this.#room = null;
  }

  #pump(): void {
    while (this.#ahead.length < this.#limits.ahead) {
      const next = this.#queue.shift();
      if (!next) return;
      this.#ahead.push(next.sequence);
      this.#send(next.event, next.sequence);
    }
  }
}
