import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { dataSchema } from '../../shared/document/data-reference';
import { documentFrom } from '../../shared/document/document-text';
import { problem } from '../../shared/errors/catalogue';
import { Cancelled, type Problem, ProblemError } from '../../shared/errors/problem';
import type { CancelSignal } from '../../shared/ipc/cancel-signal';
import type { CallParams, CallResult, RunEvent, RunSummary } from '../../shared/ipc/contract';
import { bytesOfFloats, floatsOfBytes } from '../../shared/ipc/float-bytes';
import type { Handlers, StreamContext } from '../../shared/ipc/handlers';
import { invalidRequest } from '../../shared/ipc/invalid-request';
import { checkDrawing } from '../check/check-drawing';
import type { bestEngine, openEngine } from '../execute/engines';
import type { EngineName, Executor } from '../execute/executor';
import { FilmStrip } from '../train/film-strip';
import { findLearningRate } from '../train/learning-rate-search';
import type { RunEvaluations } from '../train/run-evaluations';
import { TrainingRun } from '../train/training-run';
import { abortSignalOf } from './abort-signal';
import { tellCodeClouds, tellCodeEmbedding } from './code-streams';
import type { DatasetShelf } from './dataset-shelf';
import type { FaultReport } from './fault-report';
import { addLayerHandlers } from './layer-handlers';
import { RunKeeping, type RunToKeep } from './run-keeping';
import { RunLog } from './run-log';

interface HeldRun extends RunToKeep {
  /** Once the host has said where it is to be kept. */
  keeping?: RunKeeping;
}

interface RunHandlersContext {
  readonly shelf: DatasetShelf;
  readonly openEngine: typeof openEngine;
  readonly bestEngine: typeof bestEngine;
  readonly report: FaultReport;
}

/** Answers every `run.*`: one run at a time, of which the last one stays until the next is started. */
export class RunHandlers {
  readonly #context: RunHandlersContext;
  readonly #executors = new Map<EngineName, Promise<Executor>>();
  #held: HeldRun | null = null;
  #starting = false;

  constructor(context: RunHandlersContext) {
    this.#context = context;
  }

  addTo(handlers: Handlers): void {
    handlers
      .onCall('run.start', (params, { signal }) => this.#start(params, signal))
      .onCall('run.findLearningRate', (params, { signal }) => this.#findLearningRate(params, signal))
      .onCall('run.check', (params, { signal }) => this.#check(params, signal))
      .onCall('run.pause', ({ runId }) => this.#act(runId, (run) => run.pause()))
      .onCall('run.resume', ({ runId }) => this.#act(runId, (run) => run.resume()))
      .onCall('run.stop', ({ runId }) => this.#act(runId, (run) => run.stop()))
      .onCall('run.keep', async ({ runId, parent, note }) => {
        const held = this.#find(runId);
        held.keeping ??= new RunKeeping(held, parent, note);
        return { folder: await held.keeping.whole };
      })
      .onCall('run.current', () => ({ run: this.#held?.run.summary() ?? null }))
      .onCall('run.decode', ({ runId, codes }) => this.#find(runId).run.decode(floatsOfBytes(codes)))
      .onCall('run.codeSamples', ({ runId, places }) => this.#find(runId).run.codeSamples(places))
      .onCall('run.errors', ({ runId }) => errorsOf(this.#find(runId).run.evaluations()))
      .onCall('run.evaluateOther', (params, { signal }) => this.#evaluateOther(params, signal))
      .onCall('run.evaluatedSamples', ({ runId, group, places }) =>
        this.#find(runId).run.evaluations().show(group, places),
      )
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
      .onStream('run.events', ({ runId, after }, context) => tell(this.#find(runId).log, after, context));
    addLayerHandlers(handlers, (runId) => this.#find(runId).run);
  }

  /**
   * Loads the native runtime that new runs use, so that the next one starts at once. Not while a run goes on: loading
   * would hold it up.
   */
  async warm(): Promise<void> {
    const state = this.#held?.run.summary().state;
    if (this.#starting || (state && isGoingOn(state))) return;
    try {
      await this.#executor(undefined);
    } catch {
      // The first run will say what is missing.
    }
  }

  /** The engine that new runs use. */
  async engine(): Promise<Executor> {
    return this.#executor(undefined);
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

  async #evaluateOther(
    { runId, reference, baseFolder }: CallParams<'run.evaluateOther'>,
    signal: CancelSignal,
  ): Promise<{ name: string }> {
    const evaluations = this.#find(runId).run.evaluations();
    const parsed = dataSchema.safeParse(reference);
    if (!parsed.success) throw invalidRequest('run.evaluateOther', parsed.error);
    const control = { signal: abortSignalOf(signal) };
    const { dataset } = await this.#context.shelf.load(parsed.data, baseFolder, control);
    const measured = await evaluations.measureOther(dataset, async () => !signal.aborted);
    if (!measured) throw new Cancelled();
    return { name: dataset.name };
  }

  async #findLearningRate(
    { document: drawing, baseFolder, engine }: CallParams<'run.findLearningRate'>,
    signal: CancelSignal,
  ): Promise<CallResult<'run.findLearningRate'>> {
    return this.#alone(async () => {
      const { document, dataset, executor } = await this.#opened(drawing, baseFolder, engine, signal);
      const found = await findLearningRate(document, dataset, executor, unlessAborted(signal));
      if (!found) throw new Cancelled();
      return { points: [...found.points], suggestion: found.suggestion };
    });
  }

  async #check(
    { document: drawing, baseFolder, engine }: CallParams<'run.check'>,
    signal: CancelSignal,
  ): Promise<CallResult<'run.check'>> {
    return this.#alone(async () => {
      const { document, dataset, executor } = await this.#opened(drawing, baseFolder, engine, signal);
      const checked = await checkDrawing(document, dataset, executor, unlessAborted(signal));
      if (!checked) throw new Cancelled();
      return { ...checked, problems: checked.problems.map(plain) };
    });
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

  /** All that a drawing is trained with. */
  async #opened(
    drawing: Readonly<Record<string, unknown>>,
    baseFolder: string | null,
    engine: EngineName | undefined,
    signal: CancelSignal,
  ) {
    const document = documentFrom(drawing);
    const control = { signal: abortSignalOf(signal) };
    const { dataset } = await this.#context.shelf.load(document.data, baseFolder, control);
    const executor = await this.#executor(engine);
    if (signal.aborted) throw new Cancelled();
    return { document, dataset, executor };
  }

  #find(runId: string): HeldRun {
    if (this.#held?.run.runId !== runId) throw new ProblemError(problem('RUN_UNKNOWN', undefined));
    return this.#held;
  }

  #act(runId: string, action: (run: TrainingRun) => void): Record<string, never> {
    action(this.#find(runId).run);
    return {};
  }

  async #start(
    { document: drawing, baseFolder, engine }: CallParams<'run.start'>,
    signal: CancelSignal,
  ): Promise<{ runId: string }> {
    return this.#alone(async () => {
      const { document, dataset, executor } = await this.#opened(drawing, baseFolder, engine, signal);
      const log = new RunLog();
      const film = new FilmStrip();
      const onEvent = (event: RunEvent) => {
        log.append(event);
        if (event.kind === 'reconstructions') film.add(event);
      };
      const run = new TrainingRun({ document, dataset, executor, onEvent, options: { runId: randomUUID() } });
      // Its weights make room for the new ones.
      await this.#letGo();
      this.#held = { run, log, film, document, baseFolder };
      run.start();
      void this.#watch(run, log);
      return { runId: run.runId };
    });
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
        problem: plain(problem('RUN_FAULT', { ref })),
      });
    }
    try {
      await run.pca;
    } catch (error) {
      this.#context.report(error, 'PCA');
    }
    log.close();
  }

  /**
   * Native runtimes are loaded once. Which is the best is asked anew for every run: TensorFlow may have been fetched
   * since. Both can be loaded in one process, so the last run and its weights stay until the next one begins.
   */
  async #executor(engine: EngineName | undefined): Promise<Executor> {
    const name = engine ?? (await this.#context.bestEngine());
    const opening = this.#executors.get(name) ?? this.#context.openEngine(name);
    this.#executors.set(name, opening);
    try {
      return await opening;
    } catch (error) {
      // It may be there the next time.
      this.#executors.delete(name);
      throw error;
    }
  }
}

/** Tells a run's events from `after` on, as fast as the reader takes them. */
async function tell(log: RunLog, after: number, { emit, signal }: StreamContext<RunEvent>): Promise<void> {
  let position = after;
  while (!signal.aborted) {
    const next = log.after(position);
    if (next) {
      position = next.sequence;
      await emit(next.event, next.sequence);
    } else if (log.closed) {
      return;
    } else {
      const { promise, stop } = log.changed();
      signal.addEventListener('abort', stop);
      await promise;
      signal.removeEventListener('abort', stop);
    }
  }
}

/** Lets a calling off come in between two steps. */
function unlessAborted(signal: CancelSignal): () => Promise<boolean> {
  return async () => {
    await setImmediate();
    return !signal.aborted;
  };
}

function isGoingOn(state: RunSummary['state']): boolean {
  return state === 'starting' || state === 'running' || state === 'paused';
}

function plain({ where, ...rest }: Problem) {
  return where ? { ...rest, where: { ...where } } : rest;
}

function errorsOf({ groups }: RunEvaluations): CallResult<'run.errors'> {
  return {
    groups: groups.map(({ name, metrics, errors }) => ({
      name,
      metrics,
      errors: bytesOfFloats(errors),
    })),
  };
}
