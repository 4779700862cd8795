import type { Logger } from 'pino';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import { type Asker, Client } from '../../shared/ipc/client';
import type { EngineReport, StreamEvent } from '../../shared/ipc/contract';
import type { Transport } from '../../shared/ipc/transport';
import { Heartbeat, type HeartbeatLimits } from './heartbeat';
import type { HostedProcess } from './hosted-process';

export type EngineStatus = StreamEvent<'host.engine'>;

export interface EngineHostOptions {
  /** Starts one engine process: how is the shell's to say. */
  startProcess(): HostedProcess;
  readonly log: Logger;
  /** Milliseconds before the first restart after a death; doubled with every death soon after a start. */
  readonly firstPause?: number;
  /** When an engine that does not answer is worth a word. */
  readonly heartbeat?: Partial<HeartbeatLimits>;
}

const LONGEST_PAUSE = 10_000;
/** An engine that lived so long was well: its death is not another of a row. */
const WELL_AFTER = 30_000;
const DISMISSED = 'restarted as asked';
/** How long an engine may take to end when asked to. */
const PATIENCE = 2_000;

/**
 * Keeps the engine process going: starts it, forwards calls and streams to it, tells when it dies and starts it
 * again. One that lives but does not answer is told of, and restarted when asked to. While it is down, calls are rejected with the Problem ENGINE_LOST; so are those that were waiting.
 */
export class EngineHost {
  readonly asker: Asker;
  readonly #options: EngineHostOptions;
  readonly #listeners = new Set<(status: EngineStatus) => void>();
  #status: EngineStatus = { state: 'starting', generation: 0 };
  #child: HostedProcess | null = null;
  #client: Client | null = null;
  #transport: Transport | null = null;
  #restart: NodeJS.Timeout | null = null;
  #deaths = 0;
  #stopped = false;

  constructor(options: EngineHostOptions) {
    this.#options = options;
    this.asker = {
      call: (name, params, control) => this.#present().call(name, params, control),
      stream: (name, params, onEvent) => this.#present().stream(name, params, onEvent),
    };
    // However this process ends, as long as it ends by itself.
    process.on('exit', this.#kill);
  }

  get status(): EngineStatus {
    return this.#status;
  }

  /** The engine's process, for tests that end it. */
  get pid(): number | undefined {
    return this.#child?.pid();
  }

  /** Calls back with every change. @returns a function that ends this */
  onStatus(listener: (status: EngineStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): void {
    if (this.#child || this.#stopped) return;
    const { log } = this.#options;
    const since = performance.now();
    const generation = this.#status.generation + 1;
    const child = this.#options.startProcess();
    const { transport } = child;
    const client = new Client(transport, lost);
    this.#child = child;
    this.#client = client;
    this.#transport = transport;
    let lastWords = '';
    for (const stream of child.outputs) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        lastWords = (lastWords + text).slice(-2_000);
        log.info({ engine: child.pid(), output: text.trimEnd() });
      });
    }
    this.#publish({ state: 'starting', generation });
    const heartbeat = new Heartbeat(
      () => client.call('run.current', {}),
      (seconds) => this.#tellSilence(client, seconds),
      this.#options.heartbeat,
    );
    transport.onClose((reason) => {
      heartbeat.stop();
      this.#child = null;
      this.#client = null;
      this.#transport = null;
      if (this.#stopped) return;
      log.error({ generation, reason, lastWords }, 'the engine stopped');
      this.#publish({ state: 'down', generation, reason });
      const wasWell = reason === DISMISSED || performance.now() - since > WELL_AFTER;
      this.#deaths = wasWell ? 1 : this.#deaths + 1;
      const pause = (this.#options.firstPause ?? 200) * 2 ** (this.#deaths - 1);
      this.#restart = setTimeout(() => this.start(), Math.min(pause, LONGEST_PAUSE));
    });
    void this.#greet(client, generation);
  }

  /** What engines there are, once the process is up. */
  describe(): Promise<EngineReport> {
    return this.asker.call('engine.describe', {});
  }

  /** Ends the engine at once, whatever it is doing, and starts it anew. Does nothing while there is none. */
  restart(): void {
    if (!this.#stopped) this.#transport?.close(DISMISSED);
  }

  /** Ends the engine for good; resolves when its process is gone. */
  async stop(): Promise<void> {
    this.#stopped = true;
    process.off('exit', this.#kill);
    if (this.#restart) clearTimeout(this.#restart);
    const child = this.#child;
    if (!child) return;
    child.end();
    const impatience = setTimeout(() => child.kill(), PATIENCE);
    await child.gone;
    clearTimeout(impatience);
  }

  /** The engine is up when it has answered once; the question is one that takes it no time. */
  async #greet(client: Client, generation: number): Promise<void> {
    try {
      await client.call('run.current', {});
    } catch (error) {
      this.#options.log.warn({ err: error }, 'the engine did not answer');
    }
    if (this.#client === client) this.#publish({ state: 'up', generation });
  }

  #tellSilence(client: Client, seconds: number | null): void {
    if (this.#client !== client) return;
    const { silentFor: before, ...status } = this.#status;
    if (seconds !== null && before === undefined) {
      this.#options.log.warn({ generation: status.generation, seconds }, 'the engine does not answer');
    }
    this.#publish(seconds === null ? status : { ...status, silentFor: seconds });
  }

  #present(): Client {
    if (!this.#client) throw lost(this.#status.reason ?? 'it is being started');
    return this.#client;
  }

  #publish(status: EngineStatus): void {
    this.#status = status;
    for (const listener of [...this.#listeners]) listener(status);
  }

  readonly #kill = () => {
    this.#child?.kill();
  };
}

function lost(reason: string): ProblemError {
  return new ProblemError(problem('ENGINE_LOST', { reason }));
}
