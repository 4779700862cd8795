import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { faultReport } from '../../main/engine/fault-report';
import { serve } from '../../shared/ipc/server';
import { CodeSweep } from '../host/code-sweep';
import { engineEnvironment } from '../host/engine-environment';
import { EngineHost } from '../host/engine-host';
import { sayEngine, sayTensorFlow } from '../host/engine-lines';
import { forkedProcess } from '../host/forked-process';
import { hostHandlers } from '../host/host-handlers';
import { openHostLog } from '../host/host-log';
import { keptFiles } from '../host/kept-files';
import { RunKeeper } from '../host/run-keeper';
import { TensorFlowFetch } from '../host/tensorflow-fetch';
import { startWindowServer } from './window-server';

/** How long a run that goes on may take to be stopped and kept when the host is to end. */
const PATIENCE_MS = 15_000;

export interface BrowserHostOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** The built `engine.mjs`. */
  readonly engineEntry: string;
  /** The built `tensorflow-fetch.mjs`. */
  readonly fetchEntry: string;
  /** Whether TensorFlow is fetched without being asked for, where it is missing. */
  readonly fetchesUnasked: boolean;
  /** Where a failed fetch is remembered. */
  readonly cacheFolder: string;
  /** Where unsaved changes and the list of recent files are kept. */
  readonly dataFolder: string;
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
  const { runs, ...kept } = await keptFiles(options.dataFolder, examplesFolder);
  const engine = new EngineHost({
    startProcess: () => forkedProcess(options.engineEntry, 'pipe', engineEnvironment(kept.settings.settings)),
    log,
  });
  const tensorFlow = await TensorFlowFetch.open({
    startProcess: () => forkedProcess(options.fetchEntry, 'ignore').transport,
    env: process.env,
    cacheFolder: options.cacheFolder,
    log,
  });
  tensorFlow.onState(sayTensorFlow(print, engine));
  const description = {
    version,
    shell: 'browser' as const,
    home: homedir(),
    examples: examplesFolder,
    versions: [{ name: 'Node', version: process.versions.node }],
    logFolder: dirname(options.logFile),
    dataFolder: options.dataFolder,
  };
  const keeper = new RunKeeper({ engine: engine.asker, runs, version, log });
  const sweep = new CodeSweep({ engine: engine.asker, keeper, log });
  const handlers = hostHandlers({ description, engine, tensorFlow, ...kept, keeper, sweep });
  const server = await startWindowServer({
    port: options.port,
    folder: options.windowFolder,
    onWindow: (transport) => serve(transport, handlers, { report }),
  });
  print(`Hourglass is at ${server.address}`);
  engine.start();
  void sayEngine(engine, tensorFlow, print).finally(() => {
    if (options.fetchesUnasked) tensorFlow.beginUnasked();
  });
  let closing: Promise<void> | null = null;
  return {
    address: server.address,
    engine,
    close: () => {
      sweep.endAfterThis();
      closing ??= keeper
        .stopAndKeep(PATIENCE_MS)
        .then(() => Promise.all([server.close(), tensorFlow.close(), engine.stop()]))
        .then(() => {});
      return closing;
    },
  };
}
