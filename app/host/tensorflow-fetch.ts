import type { Logger } from 'pino';
import { isTensorFlowPresent } from '../../main/execute/tensorflow/is-present';
import type { StreamEvent } from '../../shared/ipc/contract';
import type { Transport } from '../../shared/ipc/transport';
import { rememberedFailure, rememberFailure } from './failed-fetch';
import { mayDownload } from './get-tensorflow';
import { type FetchOrder, newsSchema } from './tensorflow-messages';

export type TensorFlowState = StreamEvent<'host.tensorflow'>;

export interface TensorFlowFetchOptions {
  /** Starts the built `tensorflow-fetch.mjs` in a process of its own; closing the transport ends it. */
  startProcess(): Transport;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where a failure is remembered, the same folder for window and command line. */
  readonly cacheFolder: string;
  readonly log: Logger;
  /** Whether TensorFlow lies on the disk; tests have their own. */
  readonly isPresent?: () => boolean;
}

/** How long a fetch that was called off may take to tidy up. */
const PATIENCE = 3_000;

const MISSING = 'TensorFlow has not been fetched yet; ONNX Runtime trains meanwhile.';
const FORBIDDEN = {
  state: 'absent',
  reason: 'TensorFlow is not here, and HOURGLASS_NO_DOWNLOAD=1 keeps it from being fetched.',
  cure: 'Start Hourglass without HOURGLASS_NO_DOWNLOAD; ONNX Runtime trains meanwhile.',
  allowed: false,
} as const;
const ABSENT = {
  state: 'absent',
  reason: MISSING,
  cure: 'It comes from Google’s storage, or on Linux x64 from the Python package index.',
  allowed: true,
} as const;
const CALLED_OFF = { reason: 'The fetching was called off.', cure: 'Begin it again whenever you like.' };
const WAITING = { state: 'absent', ...CALLED_OFF, allowed: true } as const;

/**
 * TensorFlow's coming while the app is open: fetched in a process of its own, told step by step, called off when
 * wanted. A failure is remembered for a day, so that a machine that cannot fetch does not try at every start; so is
 * a calling off.
 */
export class TensorFlowFetch {
  readonly #options: TensorFlowFetchOptions;
  readonly #listeners = new Set<(state: TensorFlowState) => void>();
  #state: TensorFlowState;
  #going: { readonly transport: Transport; readonly over: Promise<void> } | null = null;
  #closed = false;

  private constructor(options: TensorFlowFetchOptions, state: TensorFlowState) {
    this.#options = options;
    this.#state = state;
  }

  /** Looks how things stand: whether it is here, may be fetched, or failed to be lately. */
  static async open(options: TensorFlowFetchOptions): Promise<TensorFlowFetch> {
    if ((options.isPresent ?? isTensorFlowPresent)()) return new TensorFlowFetch(options, { state: 'ready' });
    if (!mayDownload(options.env)) return new TensorFlowFetch(options, FORBIDDEN);
    const failure = await rememberedFailure(options.cacheFolder);
    if (!failure) return new TensorFlowFetch(options, ABSENT);
    return new TensorFlowFetch(
      options,
      failure.reason === CALLED_OFF.reason ? WAITING : { state: 'failed', ...failure },
    );
  }

  get state(): TensorFlowState {
    return this.#state;
  }

  /** Calls back with every change. @returns a function that ends this */
  onState(listener: (state: TensorFlowState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Begins what nobody has asked for: only where it was not tried, or called off, within a day. */
  beginUnasked(): void {
    if (this.#state === ABSENT) this.begin();
  }

  /** Begins, also after a failure, and where what lies here does not load. Does nothing while it goes on. */
  begin(): void {
    if (this.#going || this.#closed || !mayDownload(this.#options.env)) return;
    const { log, cacheFolder } = this.#options;
    const transport = this.#options.startProcess();
    const order = (message: FetchOrder) => transport.post(message);
    let ended = false;
    const end = (state: TensorFlowState) => {
      if (ended) return;
      ended = true;
      this.#going = null;
      log.info({ tensorflow: state }, 'fetching TensorFlow ended');
      this.#publish(state);
    };
    const over = new Promise<void>((resolve) => {
      transport.onMessage((message) => {
        const parsed = newsSchema.safeParse(message);
        if (!parsed.success) return transport.close('it said something that could not be understood');
        const news = parsed.data;
        switch (news.kind) {
          case 'line':
            log.info({ tensorflow: news.line });
            return this.#publish({ state: 'fetching', doing: news.line, done: null, total: null });
          case 'bytes': {
            if (this.#state.state !== 'fetching') return;
            const { done, total } = news;
            return this.#publish({ ...this.#state, done, total });
          }
          case 'ended': {
            const { result } = news;
            if (result.outcome === 'here') end({ state: 'ready' });
            else if (result.outcome === 'failed') {
              end({ state: 'failed', reason: result.reason, cure: result.cure });
            } else end(WAITING);
            transport.close('it is done');
          }
        }
      });
      transport.onClose((reason) => {
        const failure = {
          reason: `The process that fetches TensorFlow ended early (${reason}).`,
          cure: 'Try again; the log may tell more.',
        };
        if (ended) return resolve();
        void rememberFailure(cacheFolder, failure).finally(() => {
          end({ state: 'failed', ...failure });
          resolve();
        });
      });
    });
    this.#going = { transport, over };
    this.#publish({ state: 'fetching', doing: 'Starting.', done: null, total: null });
    order({ kind: 'fetch', cacheFolder });
  }

  /** Calls it off, and remembers that: it does not begin by itself for a day. */
  async cancel(): Promise<void> {
    if (!this.#going) return;
    await rememberFailure(this.#options.cacheFolder, CALLED_OFF);
    await this.#callOff();
  }

  /** Ends what goes on, for the host's own end. The next start begins anew. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#listeners.clear();
    await this.#callOff();
  }

  async #callOff(): Promise<void> {
    const going = this.#going;
    if (!going) return;
    going.transport.post({ kind: 'cancel' } satisfies FetchOrder);
    const impatience = setTimeout(() => going.transport.close('it took too long to end'), PATIENCE);
    await going.over;
    clearTimeout(impatience);
  }

  #publish(state: TensorFlowState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }
}
