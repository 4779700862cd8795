import { problem } from '../errors/catalogue';
import { Cancelled, ProblemError } from '../errors/problem';
import { Cancellation, type CancelSignal } from './cancel-signal';
import type { CallName, StreamEvent, StreamName } from './contract';
import { type Frame, frameSchema, type WireError } from './frame';
import type { Handlers } from './handlers';
import { invalidRequest } from './invalid-request';
import { callSchemas, isCallName, isStreamName, streamSchemas } from './schemas';
import { StreamSender } from './stream-sender';
import type { Transport } from './transport';
import { toWire } from './wire-error';

export interface ServeOptions {
  /** Writes something that is not a Problem into the log. @returns the reference under which it is found there */
  report(error: unknown, during: string): string;
  /** Calls and streams one peer may have going on at a time. */
  readonly limit?: number;
}

interface Task {
  work(signal: CancelSignal): Promise<void>;
  /** The peer has dealt with all events of the stream up to this one. */
  taken(sequence: number): void;
  failed(error: WireError): void;
}

interface Work {
  readonly cancellation: Cancellation;
  taken(sequence: number): void;
}

/**
 * Answers one peer's calls and streams until its transport closes; then all its work is cancelled. Parameters are
 * checked on arrival, results and events before they leave. A peer that sends anything but frames is cut off.
 */
export function serve(transport: Transport, handlers: Handlers, { report, limit = 256 }: ServeOptions): void {
  const going = new Map<number, Work>();
  const post = (frame: Frame) => transport.post(frame);

  /** Runs one piece of work; `failed` gets what it threw. */
  function begin(id: number, name: string, { work, taken, failed }: Task): void {
    if (going.has(id)) {
      transport.close('a number was used twice');
      return;
    }
    const cancellation = new Cancellation();
    const full = going.size >= limit;
    going.set(id, { cancellation, taken });
    const started = full
      ? Promise.reject(new ProblemError(problem('TOO_MANY_REQUESTS', { limit })))
      : work(cancellation.signal);
    started
      .catch((error: unknown) => {
        // Whatever work throws after it was called off is the calling off.
        const cause =
          cancellation.signal.aborted && !(error instanceof ProblemError) ? new Cancelled() : error;
        failed(toWire(cause, (thrown) => report(thrown, name)));
      })
      .finally(() => going.delete(id));
  }

  async function answer<C extends CallName>(id: number, name: C, given: unknown, signal: CancelSignal) {
    const handler = handlers.call(name);
    if (!handler) throw unknown(name);
    const params = callSchemas[name].params.safeParse(given);
    if (!params.success) throw invalidRequest(name, params.error);
    const value = callSchemas[name].result.parse(await handler(params.data, { signal }));
    post({ kind: 'result', id, value });
  }

  function open<S extends StreamName>(id: number, name: S, given: unknown): void {
    const registration = handlers.stream(name);
    const schemas = streamSchemas[name];
    const send = (value: StreamEvent<S>, sequence: number) => post({ kind: 'event', id, sequence, value });
    const sender = new StreamSender(send, registration?.merge ?? (() => null));
    begin(id, name, {
      taken: (sequence) => sender.taken(sequence),
      work: async (signal) => {
        if (!registration) throw unknown(name);
        const params = schemas.params.safeParse(given);
        if (!params.success) throw invalidRequest(name, params.error);
        signal.addEventListener('abort', () => sender.release());
        const emit: typeof sender.emit = (event, sequence) => {
          if (signal.aborted) throw new Cancelled();
          return sender.emit(schemas.event.parse(event), sequence);
        };
        await registration.handle(params.data, { signal, emit });
        if (signal.aborted) throw new Cancelled();
        sender.flush();
        post({ kind: 'end', id });
      },
      failed: (error) => {
        if (error.family !== 'cancelled') sender.flush();
        post({ kind: 'end', id, error });
      },
    });
  }

  transport.onClose(() => {
    for (const work of [...going.values()]) work.cancellation.cancel();
  });
  transport.onMessage((message) => {
    const parsed = frameSchema.safeParse(message);
    if (!parsed.success) {
      transport.close('a message could not be understood');
      return;
    }
    const frame = parsed.data;
    const { id } = frame;
    switch (frame.kind) {
      case 'call': {
        const { name, params } = frame;
        begin(id, name, {
          work: async (signal) => {
            if (!isCallName(name)) throw unknown(name);
            await answer(id, name, params, signal);
          },
          taken: () => {},
          failed: (error) => post({ kind: 'error', id, error }),
        });
        break;
      }
      case 'open': {
        const { name, params } = frame;
        if (isStreamName(name)) open(id, name, params);
        else post({ kind: 'end', id, error: toWire(unknown(name), () => '') });
        break;
      }
      case 'taken':
        going.get(id)?.taken(frame.sequence);
        break;
      case 'cancel':
        going.get(id)?.cancellation.cancel();
        break;
      default:
        transport.close('an answer came where none was asked for');
    }
  });
}

function unknown(name: string): ProblemError {
  return new ProblemError(problem('REQUEST_UNKNOWN', { name }));
}
