import { fork } from 'node:child_process';
import { homedir } from 'node:os';
import { faultReport } from '../../main/engine/fault-report';
import type { EngineReport } from '../../shared/ipc/contract';
import { serve } from '../../shared/ipc/server';
import { RecoveryDrafts } from '../files/recovery-drafts';
import { childTransport } from '../host/child-transport';
import { EngineHost } from '../host/engine-host';
import { hostHandlers } from '../host/host-handlers';
import { openHostLog } from '../host/host-log';
import { TensorFlowFetch, type TensorFlowState } from '../host/tensorflow-fetch';
import { startWindowServer } from './window-server';

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
  /** Where unsaved changes are kept. */
  readonly draftsFolder: string;
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
  const tensorFlow = await TensorFlowFetch.open({
    startProcess: () =>
      childTransport(
        fork(options.fetchEntry, [], {
          serialization: 'advanced',
          stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
          execArgv: [],
        }),
      ),
    env: process.env,
    cacheFolder: options.cacheFolder,
    log,
  });
  tensorFlow.onState(sayTensorFlow(print, engine));
  const description = { version, shell: 'browser', home: homedir(), examples: examplesFolder } as const;
  const handlers = hostHandlers({
    description,
    engine,
    tensorFlow,
    drafts: new RecoveryDrafts({ folder: options.draftsFolder }),
  });
  const server = await startWindowServer({
    port: options.port,
    folder: options.windowFolder,
    onWindow: (transport) => serve(transport, handlers, { report }),
  });
  print(`Hourglass is at ${server.address}`);
  engine.start();
  engine
    .describe()
    .then(
      (found) => {
        for (const line of engineLines(found, tensorFlow.state)) print(line);
      },
      (error: unknown) => print(error instanceof Error ? error.message : String(error)),
    )
    .finally(() => {
      if (options.fetchesUnasked) tensorFlow.beginUnasked();
    });
  let closing: Promise<void> | null = null;
  return {
    address: server.address,
    engine,
    close: () => {
      closing ??= Promise.all([server.close(), tensorFlow.close(), engine.stop()]).then(() => {});
      return closing;
    },
  };
}

const TITLES = { tensorflow: 'TensorFlow', onnx: 'ONNX Runtime' } as const;

function engineLines({ active, missing }: EngineReport, tensorFlow: TensorFlowState): readonly string[] {
  const threads = `${active.threads} thread${active.threads === 1 ? '' : 's'}`;
  return [
    `It trains with ${TITLES[active.name]} ${active.version}, on the CPU (${threads}).`,
    ...missing.map(({ name, reason, cure }) =>
      name === 'tensorflow' && tensorFlow.state === 'failed'
        ? `TensorFlow could not be fetched a while ago: ${tensorFlow.reason} ${tensorFlow.cure}`
        : `${TITLES[name]} is not here: ${reason}. ${cure}`,
    ),
  ];
}

/** Says in the terminal how the fetching goes: a line a step, and how it ended. */
function sayTensorFlow(print: (line: string) => void, engine: EngineHost): (state: TensorFlowState) => void {
  let before: TensorFlowState | null = null;
  return (state) => {
    const begun = state.state === 'fetching' && before?.state !== 'fetching';
    const step =
      state.state === 'fetching' && !(before?.state === 'fetching' && before.doing === state.doing);
    before = state;
    if (begun) {
      print('Fetching TensorFlow (about 274 MB, once; HOURGLASS_NO_DOWNLOAD=1 leaves it out) …');
    } else if (step) print(`  ${state.doing}`);
    else if (state.state === 'absent') print(state.reason);
    else if (state.state === 'failed')
      print(`TensorFlow could not be fetched: ${state.reason} ${state.cure}`);
    else if (state.state === 'ready') {
      // Asking makes the engine load it, where it is idle.
      engine.describe().then(
        ({ active }) =>
          print(
            active.name === 'tensorflow'
              ? `TensorFlow ${active.version} is here: the next run trains with it.`
              : 'TensorFlow was fetched, but the engine does not find it; “npm start -- doctor” tells more.',
          ),
        () => print('TensorFlow is here: the next run trains with it.'),
      );
    }
  };
}
