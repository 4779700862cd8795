import { homedir } from 'node:os';
import { faultReport } from '../../main/engine/fault-report';
import type { EngineReport } from '../../shared/ipc/contract';
import { serve } from '../../shared/ipc/server';
import { EngineHost } from '../host/engine-host';
import { hostHandlers } from '../host/host-handlers';
import { openHostLog } from '../host/host-log';
import { startWindowServer } from './window-server';

export interface BrowserHostOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** The built `engine.mjs`. */
  readonly engineEntry: string;
  /** The built window. */
  readonly windowFolder: string;
  readonly examplesFolder: string;
  readonly logFile: string;
  readonly version: string;
  /** One line for the user. */
  print(line: string): void;
}

export interface BrowserHost {
  /** To open in a browser; holds the token. */
  readonly address: string;
  readonly engine: EngineHost;
  close(): Promise<void>;
}

/**
 * Serves the window at once and starts the engine beside it. Says the address, then which engine there is.
 *
 * @throws Error (EADDRINUSE) where the port is taken
 */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const { version, examplesFolder, print } = options;
  const log = await openHostLog(options.logFile);
  const report = faultReport(log);
  const engine = new EngineHost({ entry: options.engineEntry, log });
  const description = { version, shell: 'browser', home: homedir(), examples: examplesFolder } as const;
  const handlers = hostHandlers(description, engine);
  const server = await startWindowServer({
    port: options.port,
    folder: options.windowFolder,
    onWindow: (transport) => serve(transport, handlers, { report }),
  });
  print(`Hourglass is at ${server.address}`);
  engine.start();
  engine.describe().then(
    (found) => {
      for (const line of engineLines(found)) print(line);
    },
    (error: unknown) => print(error instanceof Error ? error.message : String(error)),
  );
  let closing: Promise<void> | null = null;
  return {
    address: server.address,
    engine,
    close: () => {
      closing ??= Promise.all([server.close(), engine.stop()]).then(() => {});
      return closing;
    },
  };
}

const TITLES = { tensorflow: 'TensorFlow', onnx: 'ONNX Runtime' } as const;

function engineLines({ active, missing }: EngineReport): readonly string[] {
  const threads = `${active.threads} thread${active.threads === 1 ? '' : 's'}`;
  return [
    `It trains with ${TITLES[active.name]} ${active.version}, on the CPU (${threads}).`,
    ...missing.map(({ name, reason, cure }) => `${TITLES[name]} is not here: ${reason}. ${cure}`),
  ];
}
