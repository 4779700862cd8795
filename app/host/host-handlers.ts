import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { CallName, CallResult, StreamEvent, StreamName } from '../../shared/ipc/contract';
import { Handlers } from '../../shared/ipc/handlers';
import { callSchemas, isCallName, isStreamName, streamSchemas } from '../../shared/ipc/schemas';
import { listFolder, replaceFile, writeDocumentFile } from '../files/document-files';
import { exportPath } from '../files/export-path';
import type { FileBackups } from '../files/file-backups';
import type { KeptSettings, SettingsState } from '../files/kept-settings';
import type { RecentFiles } from '../files/recent-files';
import type { RecoveryDrafts } from '../files/recovery-drafts';
import { chosenEngine, describeChosen } from './chosen-engine';
import type { CodeSweep } from './code-sweep';
import { addEncodeHandlers } from './encode-handlers';
import type { EngineHost } from './engine-host';
import { addExportHandlers } from './export-handlers';
import { openKeptRun, readDrawingFile, writeDrawingWithWeights, writeKeptRun } from './model-files';
import { withModelFolder } from './model-folder';
import type { RunKeeper } from './run-keeper';
import { addRunsHandlers, type BeginRun } from './runs-handlers';
import { addShareHandlers } from './share-handlers';
import { following, newest } from './state-stream';
import { addSweepHandlers } from './sweep-handlers';
import type { TensorFlowFetch } from './tensorflow-fetch';

/** What every host has for its windows. */
export interface HostParts {
  readonly description: CallResult<'host.describe'>;
  readonly engine: EngineHost;
  readonly tensorFlow: TensorFlowFetch;
  readonly backups: FileBackups;
  readonly drafts: RecoveryDrafts;
  readonly recent: RecentFiles;
  readonly settings: KeptSettings;
  readonly keeper: RunKeeper;
  readonly sweep: CodeSweep;
  /** Told of every run that the engine has begun, whichever window wanted it. */
  onRun?(runId: string): void;
}

/** Calls to the engine that the host adds something to. */
const OWN: ReadonlySet<CallName> = new Set([
  'engine.describe',
  'model.trainOn',
  'model.use',
  'run.start',
  'run.check',
  'run.findLearningRate',
]);

/** What any host answers its windows: files, drafts and engine status itself, everything else the engine. */
export function hostHandlers({
  description,
  engine,
  tensorFlow,
  backups,
  drafts,
  recent,
  settings,
  keeper,
  sweep,
  onRun,
}: HostParts): Handlers {
  const keep = (file: string) => backups.keep(file);
  const kept = { runs: keeper.runs, engine: engine.asker };
  const begin: BeginRun = async (start) => {
    // Between two runs of it the engine is free, but not for others.
    if (sweep.isGoingOn) throw new ProblemError(problem('SWEEP_IN_PROGRESS', undefined));
    const begun = await start();
    void keeper.begin(begun.runId);
    onRun?.(begun.runId);
    return begun;
  };
  const handlers = addEncodeHandlers(addShareHandlers(addSweepHandlers(new Handlers(), sweep, settings)), {
    engine,
    runs: keeper.runs,
    settings,
  })
    .onCall('host.describe', () => description)
    .onCall('files.list', ({ path }) => listFolder(path))
    .onCall('files.read', async (file) => noted(recent, await readDrawingFile(file, engine.asker)))
    .onCall('files.write', async (file) => noted(recent, await writeDocumentFile(file, undefined, keep)))
    .onCall('files.writeModel', async (file) =>
      noted(recent, await writeDrawingWithWeights(file, engine.asker, { app: description.version, keep })),
    )
    .onCall('runs.openTrained', ({ id }) => openKeptRun(id, kept))
    .onCall('runs.saveModel', async (file) =>
      noted(recent, await writeKeptRun(file, kept, { app: description.version, keep })),
    )
    .onCall('backups.list', () => backups.list())
    .onCall('backups.restore', ({ id }) =>
      backups.restore(id, (path, write) =>
        replaceFile(path, { expectedHash: null, keep }, async (target) => {
          await write(target);
          return '';
        }),
      ),
    )
    // Trains, and is kept as any run; looking into a model is no run of its own.
    .onCall('model.trainOn', (params, { signal }) =>
      begin(() => engine.asker.call('model.trainOn', chosenEngine(params, settings), { signal })),
    )
    .onCall('model.use', (params, { signal }) => {
      if (sweep.isGoingOn) throw new ProblemError(problem('SWEEP_IN_PROGRESS', undefined));
      return engine.asker.call('model.use', params, { signal });
    })
    .onCall('files.exportLayer', (order, { signal }) =>
      engine.asker.call('run.exportLayer', { ...order, path: exportPath(order.path) }, { signal }),
    )
    .onCall('files.recent', async () => ({ files: await recent.list() }))
    .onCall('host.restartEngine', () => {
      engine.restart();
      return {};
    })
    .onCall('run.start', (params, { signal }) => {
      const wanted = withModelFolder(chosenEngine(params, settings), keeper.runs);
      return begin(() => engine.asker.call('run.start', wanted, { signal }));
    })
    .onCall('run.check', (params, { signal }) =>
      engine.asker.call('run.check', chosenEngine(params, settings), { signal }),
    )
    .onCall('run.findLearningRate', (params, { signal }) =>
      engine.asker.call(
        'run.findLearningRate',
        withModelFolder(chosenEngine(params, settings), keeper.runs),
        { signal },
      ),
    )
    .onCall('engine.describe', async (params, { signal }) =>
      describeChosen(await engine.asker.call('engine.describe', params, { signal }), settings),
    )
    .onCall('host.changeSettings', async (change) => {
      await settings.change(change);
      return {};
    })
    .onCall('drafts.keep', async (draft) => {
      await drafts.keep(draft);
      return {};
    })
    .onCall('drafts.forget', async ({ id }) => {
      await drafts.forget(id);
      return {};
    })
    .onCall('drafts.list', () => drafts.list())
    .onCall('host.fetchTensorFlow', () => {
      tensorFlow.begin();
      return {};
    })
    .onCall('host.cancelTensorFlow', async () => {
      await tensorFlow.cancel();
      return {};
    })
    .onStream(
      'host.settings',
      following((tell) => {
        tell(plainState(settings.state));
        return settings.onChange((state) => tell(plainState(state)));
      }),
      newest,
    )
    .onStream(
      'host.tensorflow',
      following((tell) => {
        tell(tensorFlow.state);
        return tensorFlow.onState(tell);
      }),
      newest,
    )
    .onStream(
      'host.engine',
      following((tell) => {
        tell(engine.status);
        return engine.onStatus(tell);
      }),
      // A reader that is far behind needs the newest state alone; `generation` tells it what it missed.
      newest,
    );
  addExportHandlers(handlers, keeper.runs, engine);
  addRunsHandlers(handlers, { keeper, engine: engine.asker, begin });
  for (const name of Object.keys(callSchemas)) {
    if (!isCallName(name) || OWN.has(name)) continue;
    const { to, hostOnly } = callSchemas[name];
    if (to === 'engine' && !hostOnly) forwardCall(handlers, name, engine);
  }
  for (const name of Object.keys(streamSchemas)) {
    if (!isStreamName(name)) continue;
    const { to, hostOnly } = streamSchemas[name];
    if (to === 'engine' && !hostOnly) forwardStream(handlers, name, engine);
  }
  return handlers;
}

function plainState({ settings, problem }: SettingsState): StreamEvent<'host.settings'> {
  if (!problem) return { settings, problem };
  const { code, severity, message, hint } = problem;
  return { settings, problem: { code, severity, message, hint } };
}

function noted<T extends { readonly path: string }>(recent: RecentFiles, answer: T): T {
  void recent.note(answer.path);
  return answer;
}

function forwardCall<C extends CallName>(handlers: Handlers, name: C, { asker }: EngineHost): void {
  handlers.onCall(name, (params, { signal }) => asker.call(name, params, { signal }));
}

/** The engine is held back by the window's own speed: an event is taken when there is room for it. */
function forwardStream<S extends StreamName>(handlers: Handlers, name: S, { asker }: EngineHost): void {
  handlers.onStream(name, async (params, { emit, signal }) => {
    const stream = asker.stream(name, params, emit);
    signal.addEventListener('abort', () => stream.cancel());
    await stream.ended;
  });
}
