import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import { type Asker, Client, type EventListener, type StreamHandle } from '../../shared/ipc/client';
import type {
  CallName,
  CallParams,
  CallResult,
  StreamEvent,
  StreamName,
  StreamParams,
} from '../../shared/ipc/contract';
import type { Transport } from '../../shared/ipc/transport';

export type ConnectionState = 'connecting' | 'open' | 'lost';

export interface Pauses {
  /** Milliseconds before the first new attempt; doubled with each that fails. */
  readonly first: number;
  readonly longest: number;
}

/**
 * The way to the host, opened again whenever it is lost. What was going on then is rejected (CONNECTION_LOST), and
 * so is what is asked meanwhile; streams have to be opened anew once the state is `open` again.
 */
export class Connection implements Asker {
  /** Resolves when the connection is first open. */
  readonly opened: Promise<void>;
  readonly #open: () => Promise<Transport>;
  readonly #pauses: Pauses;
  readonly #listeners = new Set<(state: ConnectionState) => void>();
  #client: Client | null = null;
  #transport: Transport | null = null;
  #state: ConnectionState = 'connecting';
  #reason = 'it is not open yet';
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #over = false;

  constructor(open: () => Promise<Transport>, pauses: Pauses = { first: 250, longest: 5_000 }) {
    this.#open = open;
    this.#pauses = pauses;
    this.opened = new Promise((resolve) => {
      const stop = this.onState((state) => {
        if (state !== 'open') return;
        stop();
        resolve();
      });
    });
    void this.#attempt();
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Calls back with every change of state. @returns a function that ends this */
  onState(listener: (state: ConnectionState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async call<C extends CallName>(
    name: C,
    params: CallParams<C>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<CallResult<C>> {
    return this.#present().call(name, params, options);
  }

  /** @throws ProblemError where the connection is lost */
  stream<S extends StreamName>(
    name: S,
    params: StreamParams<S>,
    onEvent: EventListener<StreamEvent<S>>,
  ): StreamHandle {
    return this.#present().stream(name, params, onEvent);
  }

  /** Closes it for good. */
  close(): void {
    this.#over = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#transport?.close('the window was closed');
  }

  #present(): Client {
    if (!this.#client) throw lost(this.#reason);
    return this.#client;
  }

  async #attempt(): Promise<void> {
    try {
      const transport = await this.#open();
      if (this.#over) {
        transport.close('the window was closed');
        return;
      }
      this.#failures = 0;
      this.#transport = transport;
      this.#client = new Client(transport, lost);
      this.#become('open');
      transport.onClose((reason) => this.#lose(reason));
    } catch (error) {
      this.#lose(error instanceof Error ? error.message : String(error));
    }
  }

  #lose(reason: string): void {
    this.#client = null;
    this.#transport = null;
    this.#reason = reason;
    if (this.#over) return;
    const pause = Math.min(this.#pauses.first * 2 ** this.#failures, this.#pauses.longest);
    this.#failures += 1;
    this.#timer = setTimeout(() => void this.#attempt(), pause);
    this.#become('lost');
  }

  #become(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }
}

function lost(reason: string): ProblemError {
  return new ProblemError(problem('CONNECTION_LOST', { reason }));
}
