import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { documentFrom } from '../../shared/document/document-text';
import { problem } from '../../shared/errors/catalogue';
import { Cancelled, ProblemError } from '../../shared/errors/problem';
import type { CancelSignal } from '../../shared/ipc/cancel-signal';
import type { CallParams, RunEvent, RunSummary } from '../../shared/ipc/contract';
import { floatsOfBytes } from '../../shared/ipc/float-bytes';
import type { Handlers } from '../../shared/ipc/handlers';
import type { KeepingNote, ParentRun } from '../../shared/ipc/kept-run-schemas';
import type { Executor } from '../execute/executor';
import type { ModelFile } from '../models/model-file';
import { ModelShelf } from '../models/model-shelf';
import { openModel } from '../models/open-model';
import type { WeightsOrigin } from '../models/starting-point';
import { filmIn } from '../train/film-file';
import { FilmStrip } from '../train/film-strip';
import { readGoingOn, takenOver } from '../train/going-on';
import { type Lineage, parentIn } from '../train/lineage';
import type { MachineMemory } from '../train/memory-need';
import { RunFolder } from '../train/run-folder';
import { TrainingRun, type TrainingRunOptions } from '../train/training-run';
import { unfinishedRunOf } from '../train/unfinished-run';
import { abortSignalOf } from './abort-signal';
import { tellCodeClouds, tellCodeEmbedding } from './code-streams';
import type { DatasetShelf } from './dataset-shelf';
import { addEvaluationHandlers } from './evaluation-handlers';
import type { FaultReport } from './fault-report';
import { addImportHandlers } from './import-handlers';
import { addLayerHandlers } from './layer-handlers';
import { type ModelAt, modelFinder } from './model-at';
import { addModelHandlers, type ModelHandlersContext } from './model-handlers';
import { type Engines, NativeRuntimes } from './native-runtimes';
import { plainProblem } from './plain-problem';
import { addReportHandlers } from './report-handlers';
import { tellRunEvents } from './run-events-stream';
import { RunKeeping, type RunToKeep, unfinishedFolder } from './run-keeping';
import { RunLog } from './run-log';
import { addTargetHandler } from './target-handler';
import { addTrialHandlers, type Opened } from './trial-handlers';

interface HeldRun extends RunToKeep {
  folder?: RunFolder;
  /** Which run it is, and the one that it branched off from. */
  lineage: Lineage;
  /** Of a run that is gone on with, its place in a sweep. */
  sweep?: KeepingNote['sweep'];
  /** Once the host has said where it is to be kept. */
  keeping?: RunKeeping;
  /** Of a model that is only looked into. */
  model?: ModelFile;
}

interface RunToMake extends Omit<Opened, 'weights'> {
  /** Off where it is refused where memory is most likely short; what surely does not fit is refused in any case. */
  readonly anyway?: boolean;
  readonly baseFolder: string | null;
  readonly options?: TrainingRunOptions | undefined;
  /** What is told before anything of its own. */
  readonly earlier?: readonly RunEvent[];
}

interface RunHandlersContext extends Engines {
  /** What this machine has of memory now. */
  machine(): MachineMemory;
  readonly shelf: DatasetShelf;
  readonly report: FaultReport;
}

/** Answers every `run.*`: one run at a time, of which the last one stays until the next is started. */
export class RunHandlers {
  readonly #context: RunHandlersContext;
  readonly #runtimes: NativeRuntimes;
  readonly #models = new ModelShelf();
  #held: HeldRun | null = null;
  #starting = false;

  constructor(context: RunHandlersContext) {
    this.#context = context;
    this.#runtimes = new NativeRuntimes(context);
  }

  addTo(handlers: Handlers): void {
    handlers
      .onCall('run.start', (params, { signal }) => this.#start(params, signal))
      .onCall('run.goOn', (params, { signal }) => this.#goOn(params, signal))
      .onCall('run.pause', ({ runId }) => this.#act(runId, (run) => run.pause()))
      .onCall('run.resume', ({ runId }) => this.#act(runId, (run) => run.resume()))
      .onCall('run.stop', ({ runId }) => this.#act(runId, (run) => run.stop()))
      .onCall('run.keep', async ({ runId, parent, note }) => {
        const held = this.#find(runId);
        const { sweep, lineage } = held;
        held.keeping ??= new RunKeeping(held, parent, { ...lineage, ...(sweep && { sweep }), ...note });
        return { folder: await held.keeping.whole };
      })
      .onCall('run.modelAt', async ({ path }) => ({ document: { ...(await openModel(path)).document } }))
      .onCall('run.current', () => ({
        run: this.#held?.run.summary() ?? null,
        ...(this.#held && { document: { ...this.#held.document } }),
      }))
      .onCall('run.decode', ({ runId, codes }) => this.#find(runId).run.decode(floatsOfBytes(codes)))
      .onCall('run.codeSamples', ({ runId, places }) => this.#find(runId).run.codeSamples(places))
      .onCall('run.watch', async ({ runId, places }) => ({
        watched: await this.#find(runId).run.watch(places),
      }))
      .onCall('run.film', ({ runId }) => ({ film: this.#find(runId).film.film() }))
      .onCall('run.reconstruct', async ({ runId, pixels, corrupt }) => {
        const { shape, ...result } = await this.#find(runId).run.reconstruct(pixels, corrupt);
        return { shape: [...shape], ...result };
      })
      .onStream('run.codeClouds', ({ runId }, context) => tellCodeClouds(this.#find(runId).run, context))
      .onStream('run.codeEmbedding', (params, context) =>
        tellCodeEmbedding(this.#find(params.runId).run, params, context),
      )
      .onStream('run.events', ({ runId, after }, context) =>
        tellRunEvents(this.#find(runId).log, after, context),
      );
    addLayerHandlers(handlers, (runId) => this.#find(runId).run);
    addEvaluationHandlers(handlers, this.#context.shelf, (runId) => this.#find(runId).run.evaluations());
    addModelHandlers(handlers, this.#forModels);
    addImportHandlers(handlers, this.#forModels);
    addReportHandlers(handlers, (runId) => this.#find(runId));
    addTrialHandlers(handlers, (params, signal, work) => this.#openAlone(params, signal, work));
    addTargetHandler(handlers, (params, signal) => this.#opened(params, signal));
  }

  /**
   * Loads the native runtime that new runs use, so that the next one starts at once. Not while a run goes on: loading
   * would hold it up.
   */
  async warm(): Promise<void> {
    const state = this.#held?.run.summary().state;
    if (this.#starting || (state && isGoingOn(state))) return;
    try {
      await this.#runtimes.open();
    } catch {
      // The first run will say what is missing.
    }
  }

  /** Finds the models that are exported or encode data. */
  get modelAt(): ModelAt {
    return modelFinder(this.#models, (runId) => this.#find(runId));
  }

  /** The engine that new runs use. */
  async engine(): Promise<Executor> {
    return this.#runtimes.open();
  }

  async dispose(): Promise<void> {
    this.#held?.run.stop();
    await this.#letGo();
  }

  /** Frees the last run, whose weights are written first where it is kept. */
  async #letGo(): Promise<void> {
    await this.#held?.keeping?.written.catch(() => {});
    await this.#held?.run.dispose();
  }

  /** Does what no run may go on beside. @throws ProblemError where one does */
  async #alone<T>(work: () => Promise<T>): Promise<T> {
    const state = this.#starting ? 'starting' : this.#held?.run.summary().state;
    if (state && isGoingOn(state)) throw new ProblemError(problem('RUN_IN_PROGRESS', { state }));
    this.#starting = true;
    try {
      return await work();
    } finally {
      this.#starting = false;
    }
  }

  /** Loads what a call asks to train, and does what no run may go on beside. @throws ProblemError where one does */
  #openAlone<T>(
    params: CallParams<'run.start'>,
    signal: CancelSignal,
    work: (opened: Opened) => Promise<T>,
  ): Promise<T> {
    return this.#alone(async () => work(await this.#opened(params, signal)));
  }

  /** Loads what a call asks to train. */
  async #opened(
    { document: drawing, baseFolder, engine, weights: wanted }: CallParams<'run.start'>,
    signal: CancelSignal,
  ): Promise<Opened> {
    const document = documentFrom(drawing);
    const control = { signal: abortSignalOf(signal) };
    const { dataset } = await this.#context.shelf.load(document.data, baseFolder, control);
    const executor = await this.#runtimes.open(engine);
    const weights = await this.#originOf(wanted);
    if (signal.aborted) throw new Cancelled();
    return { document, dataset, executor, weights };
  }

  #find(runId: string): HeldRun {
    if (this.#held?.run.runId !== runId) throw new ProblemError(problem('RUN_UNKNOWN', undefined));
    return this.#held;
  }

  #act(runId: string, action: (run: TrainingRun) => void): Record<string, never> {
    action(this.#find(runId).run);
    return {};
  }

  async #start(params: CallParams<'run.start'>, signal: CancelSignal): Promise<{ runId: string }> {
    return this.#openAlone(params, signal, async ({ weights, ...opened }) => {
      const options = weights ? { weights } : {};
      const parent = await this.#parentOf(params.weights);
      const { baseFolder, anyway = false } = params;
      const made = this.#make({ ...opened, baseFolder, options, anyway });
      if (parent) made.lineage = { ...made.lineage, parent };
      await this.#begin(made);
      return { runId: made.run.runId };
    });
  }

  get #forModels(): ModelHandlersContext {
    return {
      datasets: this.#context.shelf,
      models: this.#models,
      alone: (work) => this.#alone(work),
      openExecutor: (engine) => this.#runtimes.open(engine),
      begin: async (input, { earlier = [], model, parent, baseFolder }) => {
        const made = this.#make({ ...input, baseFolder, earlier });
        if (model) made.model = model;
        if (parent) made.lineage = { ...made.lineage, parent };
        await this.#begin(made);
        return { runId: made.run.runId };
      },
      held: (runId) => (this.#held?.run.runId === runId ? this.#held : null),
    };
  }

  /** Goes on with the run in a folder. */
  async #goOn({ folder, changes, keepOnly }: CallParams<'run.goOn'>, signal: CancelSignal) {
    return this.#alone(async () => {
      const { document, from, passedOver, lineage, sweep } = await readGoingOn(folder, changes, keepOnly);
      const control = { signal: abortSignalOf(signal) };
      const { dataset } = await this.#context.shelf.load(document.data, folder, control);
      const executor = await this.#runtimes.open(from.progress.engine.name);
      if (signal.aborted) throw new Cancelled();
      const options = { from, takesNoStep: keepOnly };
      const film = await filmIn(folder);
      const made = this.#make({ document, dataset, executor, baseFolder: folder, options });
      made.lineage = { ...made.lineage, ...lineage };
      if (film) made.film.goOnFrom(film, from.progress.step);
      const { runId } = made.run;
      const place = unfinishedFolder(dirname(dirname(folder)), runId);
      const isSame = changes.moreEpochs === undefined && changes.learningRate === undefined;
      if (isSame) {
        const note = { app: '', ...made.lineage, ...(sweep && { sweep }) };
        made.folder = await takenOver(folder, place, await unfinishedRunOf(made.run, document.name, note));
        made.sweep = sweep;
      } else made.folder = await RunFolder.create(place, document, folder);
      await this.#begin(made);
      return {
        runId,
        document: { ...document },
        folder: made.folder.path,
        passedOver: passedOver.map(plainProblem),
      };
    });
  }

  /** @throws ProblemError where it can't be trained, or does not fit into memory */
  #make({
    document,
    dataset,
    executor,
    baseFolder,
    options = {},
    earlier = [],
    anyway = true,
  }: RunToMake): HeldRun {
    const log = new RunLog();
    const film = new FilmStrip();
    const onEvent = (event: RunEvent) => {
      log.append(event);
      if (event.kind === 'reconstructions') film.add(event);
      // Readers see the whole run, what came before it was gone on with, too.
      if (event.kind === 'started')
        for (const before of [...held.run.earlier(), ...earlier]) log.append(before);
    };
    const keepCheckpoint: TrainingRunOptions['keepCheckpoint'] = async (...offered) =>
      held.keeping?.keepCheckpoint(...offered);
    const run = new TrainingRun({
      ...{ document, dataset, executor, onEvent },
      options: { ...options, runId: randomUUID(), keepCheckpoint },
    });
    // The last run is let go of before this one begins.
    const given = this.#held?.run.hasBegun ? this.#held.run.memoryNeed().least : 0;
    const shortage = run.memoryProblem(this.#context.machine(), given);
    if (shortage && (!anyway || shortage.code === 'MEMORY_LACKING')) throw new ProblemError(shortage);
    const lineage = { identity: run.runId };
    const held: HeldRun = { run, log, film, document, baseFolder, lineage };
    return held;
  }

  async #begin(made: HeldRun): Promise<void> {
    // The weights of the last one make room for the new ones.
    await this.#letGo();
    this.#held = made;
    made.run.start();
    void this.#watch(made.run, made.log);
  }

  /** The run that one branches off from which begins with its weights; undefined where it is none, or is not known. */
  async #parentOf(wanted: CallParams<'run.start'>['weights']): Promise<ParentRun | undefined> {
    const held = wanted?.own && this.#held?.run.runId === wanted.own.runId ? this.#held : null;
    if (held?.model) return held.model.keptRun;
    if (held) return { identity: held.lineage.identity, name: held.document.name.slice(0, 300) };
    const { from } = wanted?.model ?? {};
    return from && 'path' in from ? parentIn(from.path) : undefined;
  }

  /** The trained weights that a run is to begin with. @throws ProblemError where there are none */
  async #originOf(wanted: CallParams<'run.start'>['weights']): Promise<WeightsOrigin | null> {
    if (!wanted?.own && !wanted?.model) return null;
    const held = wanted.own && this.#held?.run.runId === wanted.own.runId ? this.#held.run : null;
    if (wanted.own && !held) throw new ProblemError(problem('WEIGHTS_RUN_GONE', undefined));
    const own = held && { plan: held.plan, weights: await held.weights() };
    const { from, part } = wanted.model ?? {};
    if (from && !('path' in from)) throw new Error('The host says where a kept run lies.');
    const model = from && part && { model: await openModel(from.path), part };
    return { ...(own && { own }), ...(model && { model }) };
  }

  /** Closes the log when nothing can come any more: the line of PCA may come after the run's own end. */
  async #watch(run: TrainingRun, log: RunLog): Promise<void> {
    try {
      await run.finished;
    } catch (error) {
      const ref = this.#context.report(error, 'training');
      log.append({
        kind: 'failed',
        step: run.history().steps,
        problem: plainProblem(problem('RUN_FAULT', { ref })),
      });
    }
    try {
      await run.pca;
    } catch (error) {
      this.#context.report(error, 'PCA');
    }
    log.close();
  }
}

function isGoingOn(state: RunSummary['state']): boolean {
  return state === 'starting' || state === 'running' || state === 'paused';
}
