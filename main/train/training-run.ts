import { randomUUID } from 'node:crypto';
import { documentHash } from '../../shared/document/document-text';
import type { GraphDocument } from '../../shared/document/graph-document';
import { problem } from '../../shared/errors/catalogue';
import { type Problem, ProblemError } from '../../shared/errors/problem';
import type { EvaluatedGroupName, RunEvent, RunSummary, WatchedSamples } from '../../shared/ipc/contract';
import type { StartedFrom } from '../../shared/ipc/start-schemas';
import type { Plan } from '../../shared/plan/plan';
import { formatShape, type Shape, valueCount } from '../../shared/tensors/shape';
import { weightState } from '../compile/weight-state';
import type { Dataset } from '../data/dataset';
import type { Executor, ModelSession, Tensor } from '../execute/executor';
import { type StartingPoint, startingPoint, type WeightsOrigin } from '../models/starting-point';
import { permutation } from '../random/philox';
import { BestEpoch } from './best-epoch';
import {
  type Checkpoint,
  checkedAgainst,
  drawingHash,
  type EpochProgress,
  type RunOrigin,
} from './checkpoint';
import type { CheckpointOccasion } from './checkpoint-keeper';
import { codeActivity } from './code-activity';
import { CodeWatch } from './code-watch';
import { earlierEvents, epochEvent } from './earlier-events';
import type { EpochRecord } from './epoch-record';
import { evaluateRows } from './evaluation';
import { allFinite, GoodState } from './good-state';
import { anomaliesIn } from './last-evaluation';
import { loadModel } from './load-model';
import { LossTermMeans } from './loss-terms';
import { type MachineMemory, type MemoryNeed, memoryNeed, memoryProblem } from './memory-need';
import { type PcaLine, pcaLineOf } from './pca-line';
import { PcaSearch } from './pca-search';
import { type OwnReconstruction, type ReconstructedValues, Reconstructor } from './reconstructor';
import type { ReleasableSession } from './releasable-session';
import { Resting } from './resting';
import { type CodeSnapshot, type CodeSpread, RunCodes } from './run-codes';
import { RunCourse } from './run-course';
import { RunEvaluations } from './run-evaluations';
import { type PresentWeights, RunLayers } from './run-layers';
import { type PreparedRun, prepareRun, type TrainedElsewhere } from './run-preparation';
import { settleable } from './settleable';
import { freshOptimizer, stagedSession } from './staged-session';
import { StepBorder } from './step-border';
import { StepLog } from './step-log';
import { TrainingSteps } from './training-steps';

export interface TrainingRunInput {
  readonly document: GraphDocument;
  readonly dataset: Dataset;
  readonly executor: Executor;
  /** Told everything of the contract's `run.events`, in order. Must not throw. */
  onEvent(event: RunEvent): void;
  readonly options?: TrainingRunOptions;
}

export interface TrainingRunOptions {
  readonly runId?: string;
  /** Off where nobody watches. On by default. */
  readonly reconstructions?: boolean;
  /** Whether it is recorded how layers are spread, for a panel to show. On by default, as far as somebody watches. */
  readonly layerRecords?: boolean;
  /**
   * Whether the error of PCA at the same code size is found, in the background. On by default; never where the encoder is
   * given a picture in grey, for PCA can't be given that.
   */
  readonly pca?: boolean;
  /** Milliseconds of a pause after which the engine's memory is let go of; 30 s by default. */
  readonly releaseAfter?: number;
  /** For the native runtime; its own choice by default. */
  readonly threads?: number;
  /**
   * Offered all that is needed to go on bit for bit, after every epoch, at every pause, and where training is stopped or done, and
   * waited for: `make` copies it, and gives null where no run can go on from it. Must not reject: what cannot be kept ends no run.
   */
  readonly keepCheckpoint?: (
    make: () => Promise<Checkpoint | null>,
    occasion: CheckpointOccasion,
  ) => Promise<void>;
  /** Where the run goes on from, instead of from the beginning: one of the same drawing, by the same engine. */
  readonly from?: Checkpoint;
  /** Stopped before the first step, with the weights it goes on from; any engine will do then. */
  readonly takesNoStep?: boolean;
  /**
   * Of a model that was trained before: takes no step, measures what it goes on `from`, and ends as completed. `keptEpoch`: the
   * epoch whose weights these are, where it is not the last.
   */
  readonly looks?: {
    readonly keptEpoch: number | null;
    /** Where its data are not here. */
    readonly elsewhere?: TrainedElsewhere;
    /** How its training ended, told again where there is nothing to measure it on. */
    readonly ending?: Extract<RunEvent, { kind: 'completed' | 'stopped' }> | null;
    /** How its codes were spread, where that is known. */
    readonly codes?: CodeSpread | null;
  };
  /** Trained weights that it begins with where they fit, instead of fresh ones. */
  readonly weights?: WeightsOrigin;
}

export type { PcaLine };
export type RunEnding = Extract<RunEvent, { kind: 'completed' | 'stopped' | 'failed' }>;

export interface RunHistory {
  /** How many steps were done; their losses are told by `progress` events, each once, and not kept here. */
  readonly steps: number;
  readonly epochs: readonly EpochRecord[];
}

/** A pause that is over sooner costs nothing: to build a session again takes a moment. */
const RELEASE_AFTER = 30_000;
/** Where in the random numbers of a seed the order of each epoch lies. */
const SHUFFLE_SITE = 'shuffle';
/** How many samples' codes are looked at after each epoch, where they are charged. */
const ENCODED_EACH_EPOCH = 1024;
/** Of an epoch that has not begun. */
const NOTHING_DONE = { batches: 0, lossSum: 0, milliseconds: 0 };

/**
 * One training run, from the drawing to the last evaluation. Steps are counted from 1, as are epochs.
 *
 * `new` checks everything that can be known beforehand; `start` loads the model and trains. Pauses and stops take
 * effect at the next step border. After the end, whichever it was, the weights stay until `dispose`.
 */
export class TrainingRun {
  readonly runId: string;
  /** What the user should know and may ignore: a batch larger than the data, an output out of reach. */
  readonly warnings: readonly Problem[];
  /** How the run ended. Rejects only for a fault of Hourglass itself. */
  readonly finished: Promise<RunEnding>;
  /**
   * The line to beat; its `pca` event may come after the ending of a short run. Null where none was wanted, and
   * where the run did not complete before it was found.
   */
  readonly pca: Promise<PcaLine | null>;

  readonly #input: TrainingRunInput;
  readonly #prepared: PreparedRun;
  readonly #course: RunCourse;
  readonly #border: StepBorder;
  readonly #reconstructor: Reconstructor;
  readonly #codes: RunCodes;
  /** What it begins with instead of fresh weights; null where it does not, or goes on from a checkpoint. */
  readonly beganWith: StartingPoint | null;
  /** What every layer gives out, by these weights. */
  readonly layers: RunLayers;
  readonly #codeWatch: CodeWatch;
  readonly #log: StepLog;
  readonly #steps: TrainingSteps;
  readonly #epochs: EpochRecord[];
  readonly #terms = new LossTermMeans();
  /** What was done of the epoch that is going on. */
  #within: Omit<EpochProgress, 'terms' | 'termSamples'> = NOTHING_DONE;
  #evaluations: RunEvaluations | null = null;
  readonly #resting: Resting;
  readonly #ending = settleable<RunEnding>();
  readonly #pcaSearch: PcaSearch;
  #state: RunSummary['state'] = 'starting';
  #session: ReleasableSession | null = null;
  #goodState: GoodState | null = null;
  #best: BestEpoch | null = null;
  /** The epoch whose weights took the place of the last one's, once that has happened. */
  #kept: EpochRecord | null = null;
  /** Of pre-training, the stage going on, counted from 1; 0 while the whole is trained. */
  #stage = 0;
  /** Names of all Programs. */
  #programs: ReadonlySet<string> = new Set();
  #begun = false;
  #hasBegun = false;
  #disposed = false;
  #startedAt = 0;
  #epoch = 0;
  /** @throws ProblemError with every reason why this drawing cannot be trained on this data */
  constructor(input: TrainingRunInput) {
    this.#prepared = prepareRun(input.document, input.dataset, input.options?.looks?.elsewhere);
    const { dataset } = this.#prepared;
    const origin = input.options?.from ? undefined : input.options?.weights;
    this.beganWith = origin ? startingPoint(this.#prepared.plan, origin) : null;
    this.#input = { ...input, dataset };
    this.warnings = this.#prepared.warnings;
    this.runId = input.options?.runId ?? randomUUID();
    this.#reconstructor = new Reconstructor(dataset, this.#prepared);
    this.layers = new RunLayers(input.executor, this.#prepared);
    this.#codes = new RunCodes(this.#prepared, this.#reconstructor);
    this.#codeWatch = new CodeWatch(this.#codes);
    this.finished = this.#ending.promise;
    const { train } = this.#prepared;
    this.#course = new RunCourse(this.#prepared);
    const from = this.#begunFrom();
    this.#epochs = [...(from?.epochs ?? [])];
    if (from) {
      this.#within = from.within;
      this.#terms.goOnFrom(from.within);
    }
    this.#log = new StepLog(
      this.#course.epochs * train.length,
      from && {
        step: from.step,
        samples: this.#epochs.length * train.length + from.within.batches * this.#prepared.batchSize,
      },
    );
    this.#steps = new TrainingSteps({
      prepared: this.#prepared,
      course: this.#course,
      log: this.#log,
      terms: this.#terms,
      epochs: this.#epochs,
    });
    this.#pcaSearch = new PcaSearch(
      input.options?.pca === false ? null : pcaLineOf(this.#prepared, input.executor),
      (line) => this.#tell({ kind: 'pca', ...line }),
    );
    this.pca = this.#pcaSearch.line;
    this.#resting = new Resting(input.options?.releaseAfter ?? RELEASE_AFTER, () => this.#release());
    this.#border = new StepBorder({
      onPaused: () => {
        this.#state = 'paused';
        this.#tellProgress();
        this.#tell({ kind: 'paused', step: this.#log.step });
        void this.lookAtLayers().catch(() => {});
        return this.#keepCheckpoint('rest').then(() => this.#resting.begin());
      },
      onResumed: () => {
        this.#state = 'running';
        this.#tell({ kind: 'resumed', step: this.#log.step });
      },
    });
  }

  /** What it takes of memory. */
  memoryNeed(): MemoryNeed {
    return memoryNeed(this.#prepared, this.#input.executor);
  }

  /** Why it will not fit into a machine's memory. @param given as for `memoryProblem` */
  memoryProblem(machine: MachineMemory, given = 0): Problem | null {
    return memoryProblem(this.#prepared, this.#input.executor, machine, given);
  }

  /** Where the run stands, for a window that joins late. */
  summary(): RunSummary {
    const { plan, stepsPerEpoch, stages, stageEpochs } = this.#prepared;
    const { looks } = this.#input.options ?? {};
    const staged = stages.map(({ block }) => ({ block, epochs: stageEpochs }));
    return {
      runId: this.runId,
      documentHash: documentHash(this.#input.document),
      engine: this.#input.executor.describe(),
      state: this.#state,
      epochs: this.#course.epochs,
      stepsPerEpoch,
      ...(staged.length > 0 && { stages: staged }),
      parameterCount: plan.parameterCount,
      scaling: this.#input.dataset.scaling?.kind ?? 'none',
      ...(looks?.elsewhere && { elsewhere: looks.elsewhere.withoutData ? 'without data' : 'other data' }),
    };
  }

  /** What was measured so far. */
  history(): RunHistory {
    return { steps: this.#log.step, epochs: this.#epochs };
  }

  /** Whether its model is there, and it was told so. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** What was told of losses and epochs before the checkpoint that the run goes on from, as it would be told again. */
  earlier(): readonly RunEvent[] {
    const from = this.#input.options?.from;
    return from ? earlierEvents(from, this.#course) : [];
  }

  /** Where its first weights came from, however often it was gone on with; undefined where they were fresh. */
  get startedFrom(): StartedFrom | undefined {
    return this.beganWith?.told ?? this.#input.options?.from?.progress.startedFrom;
  }

  /** Begins; returns at once. A second call does nothing. */
  start(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#startedAt = performance.now();
    this.#run().then(
      (ending) => {
        if (ending.kind !== 'completed') this.#pcaSearch.callOff();
        this.#ending.resolve(ending);
      },
      (reason: unknown) => {
        this.#state = 'failed';
        this.#pcaSearch.callOff();
        this.#ending.reject(reason);
      },
    );
  }

  pause(): void {
    this.#border.pause();
  }

  resume(): void {
    this.#resting.end();
    this.#border.resume();
  }

  /** Ends the run at the next step border; `finished` tells when. */
  stop(): void {
    this.#resting.end();
    this.#border.stop();
  }

  /**
   * Runs one sample through the present weights, between two steps while the run goes on.
   *
   * @param pixels the sample's values as pixels, 0–255, in the samples' shape
   * @param corrupt whether it is corrupted first, as the run's own samples are
   * @returns its reconstruction as pixels, and the mean squared error in the data's own 0–1 scale
   * @throws ProblemError before training has begun, after `dispose`, and for a sample of another length
   */
  async reconstruct(pixels: Uint8Array, corrupt = false): Promise<{ shape: Shape } & OwnReconstruction> {
    const { outputShape } = this.#prepared.plan;
    const expected = valueCount(outputShape);
    if (pixels.length !== expected) {
      const values = { expected, shape: formatShape(outputShape), got: pixels.length };
      throw new ProblemError(problem('SAMPLE_LENGTH', values));
    }
    return { shape: outputShape, ...(await this.#reconstructor.own(this.#present(), pixels, corrupt)) };
  }

  /** The watched samples and what the present weights make of them, as in the last `reconstructions` event. */
  async reconstructions(): Promise<Extract<RunEvent, { kind: 'reconstructions' }>> {
    return this.#reconstructor.watched(this.#withData(), this.#log.step);
  }

  /**
   * Shows these validation samples (by their places, at most 12) with all later reconstructions.
   *
   * @returns them and those that came back worst so far; null where there are none, or no weights to show them by
   */
  async watch(places: readonly number[]): Promise<WatchedSamples | null> {
    this.#reconstructor.pin(places);
    const hasSamples = this.#session && !this.#disposed && !this.#prepared.withoutData;
    return hasSamples ? this.#reconstructor.further(this.#present()) : null;
  }

  /** Of the samples whose codes are shown together: how many there are to choose from, labels, and whether codes can be decoded. */
  get shownCodes(): Pick<RunCodes, 'total' | 'labels' | 'problem'> {
    return this.#codes;
  }

  /** The codes of samples not trained on, by the present weights. @throws ProblemError before training has begun, and after `dispose` */
  async codeSnapshot(): Promise<CodeSnapshot> {
    return this.#codeWatch.now(this.#withData(), this.#log.step);
  }

  /** How codes were spread over the samples that are not here; null where there are samples, whose codes tell. */
  get codesElsewhere(): CodeSpread | null {
    const { looks } = this.#input.options ?? {};
    if (!this.#prepared.withoutData) return null;
    const each = (value: number) => new Array<number>(this.codeSize).fill(value);
    const { codes } = looks ?? {};
    return codes?.mean.length === this.codeSize ? codes : { mean: each(0), deviation: each(1) };
  }

  /** The last of these that was told; null before the first. */
  get latestCodes(): CodeSnapshot | null {
    return this.#codeWatch.latest;
  }

  /** Tells these after each epoch and at the end. @returns a function that ends this */
  watchCodes(take: (snapshot: CodeSnapshot) => void): () => void {
    return this.#codeWatch.watch(take);
  }

  /** Some of the samples whose codes are shown together, by their places. @throws ProblemError as `codeSnapshot` */
  async codeSamples(places: readonly number[]): ReturnType<RunCodes['samples']> {
    return this.#codes.samples(this.#withData(), places);
  }

  /** Samples made of codes, one after the other. @throws ProblemError as `codeSnapshot`, and where codes can't be decoded */
  async decode(codes: Float32Array): ReturnType<RunCodes['decode']> {
    return this.#codes.decode(this.#present(), codes);
  }

  /** The present weights of the whole network, for `layers`. @throws ProblemError before training has begun, and after `dispose` */
  weightsNow(): PresentWeights {
    this.#present();
    return this.#now;
  }

  /** @throws ProblemError RUN_WITHOUT_DATA, and as `weightsNow` */
  #withData(): ModelSession {
    if (this.#prepared.withoutData) throw new ProblemError(problem('RUN_WITHOUT_DATA', undefined));
    return this.#present();
  }

  get #now(): PresentWeights {
    if (!this.#session) throw new ProblemError(problem('RUN_NOT_READY', undefined));
    return { session: this.#session, step: this.#log.step, epoch: this.#epoch };
  }

  /** Tells those who watch the layers what they give out now. @throws ProblemError as `weightsNow` */
  async lookAtLayers(): Promise<void> {
    const rests = this.#state !== 'starting' && this.#state !== 'running';
    await this.layers.look(this.weightsNow(), rests);
  }

  /** Looks at the layers, or records them, between two steps: a copy that the engine refuses costs nobody their run. */
  async #besideTraining(look: (now: PresentWeights) => Promise<void>): Promise<void> {
    try {
      await look(this.#now);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
    }
  }

  /** What the last weights make of samples not trained on. @throws ProblemError before the run's end, and after `dispose` */
  evaluations(): RunEvaluations {
    this.#present();
    if (!this.#evaluations) throw new ProblemError(problem('RUN_NOT_MEASURED', undefined));
    return this.#evaluations;
  }

  /** The watched samples and what the present weights make of them, as numbers in the scale of the files. */
  async reconstructedValues(): Promise<ReconstructedValues> {
    return this.#reconstructor.values(this.#withData());
  }

  /** The data as the model sees them: scaled. */
  get dataset(): Dataset {
    return this.#input.dataset;
  }

  /** The drawing that is trained. */
  get document(): GraphDocument {
    return this.#input.document;
  }

  /** The network that is trained. */
  get plan(): Plan {
    return this.#prepared.plan;
  }

  /** How many values a code has. */
  get codeSize(): number {
    return valueCount(this.#prepared.plan.codeShape);
  }

  /** Copies of the present weights by name (`dense-1/kernel`), channels last, convolution kernels HWIO. */
  async weights(): Promise<Map<string, Tensor>> {
    return this.#present().state(weightState(this.#prepared.plan).map(({ name }) => name));
  }

  /** The names of all weights. */
  get weightNames(): readonly string[] {
    return weightState(this.#prepared.plan).map(({ name }) => name);
  }

  /**
   * All that is needed to train on from the present weights: of a run that went back to its best epoch, from right behind that one.
   * To be asked while the run rests. @throws ProblemError before training has begun, and after `dispose`
   */
  async checkpoint(): Promise<Checkpoint> {
    this.#present();
    const { session } = this.#now;
    const checkpoint = await this.#checkpoint(session);
    if (!checkpoint) throw new ProblemError(problem('MODEL_NOT_FINITE', undefined));
    const kept = this.#kept;
    if (!kept || this.#input.options?.looks) return checkpoint;
    const epochs = this.#epochs.slice(0, this.#epochs.indexOf(kept) + 1);
    const within = { ...NOTHING_DONE, terms: {}, termSamples: 0 };
    const progress = { ...checkpoint.progress, step: kept.step, epochs, within, bestEpoch: kept.epoch };
    return { progress, state: checkpoint.state, bestState: checkpoint.state };
  }

  /** Stops the run if it is going on and frees the native session. */
  async dispose(): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    this.stop();
    this.#pcaSearch.callOff();
    if (this.#begun) await this.finished.catch(() => {});
    await this.layers.dispose();
    await this.#session?.dispose();
    this.#session = null;
  }

  #present(): ModelSession {
    if (!this.#session || this.#disposed) throw new ProblemError(problem('RUN_NOT_READY', undefined));
    return this.#stage > 0 ? stagedSession(this.#session, this.#stage) : this.#session;
  }

  async #run(): Promise<RunEnding> {
    try {
      const go = () => this.#border.cross();
      const session = await this.#load(go);
      if (!session) return this.#end('stopped');
      this.#state = 'running';
      this.#hasBegun = true;
      this.#tell({ kind: 'started', run: this.summary() });
      const { looks, takesNoStep } = this.#input.options ?? {};
      if (takesNoStep) {
        await this.#tellReconstructions(session);
        this.#border.stop();
      }
      // Where it is interrupted before an epoch is done, nothing else would tell what it began with.
      if (this.beganWith) await this.#keepCheckpoint('rest');
      if (!looks && !(await this.#train(session, go))) {
        await this.#keepCheckpoint('rest');
        return this.#end('stopped');
      }
      if (!looks) await this.#keepCheckpoint('end');
      // With the first step it has begun already; where none was left to take, it begins here.
      this.#pcaSearch.begin();
      this.#epoch = this.#epochs.length;
      this.#kept = looks ? this.#recordOf(looks.keptEpoch) : await this.#restoreBest();
      const kept = this.#kept;
      this.#evaluations = new RunEvaluations(session, this.#prepared, this.#reconstructor);
      if (looks?.elsewhere?.withoutData) return this.#endAsBefore(looks.ending ?? null, kept);
      await this.#tellReconstructions(session, kept !== null);
      if (kept) this.layers.changed();
      if (this.#recording) await this.#besideTraining((now) => this.layers.record(now, true));
      await this.#codeWatch.atEnd(session, this.#log.step, kept !== null, go);
      const measured = await this.#evaluations.measureOwn(go);
      return this.#end(measured ? 'completed' : 'stopped', kept);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      // Where the engine itself failed there may be no state to look at; the Problem is what counts.
      await this.#goodState?.ensure().catch(() => {});
      return this.#fail(error.problems[0]);
    }
  }

  /**
   * All epochs that are left: those of pre-training, pair after pair from the outermost in, and those of the whole.
   *
   * @returns false where the run was stopped
   */
  async #train(session: ModelSession, go: () => Promise<boolean>): Promise<boolean> {
    try {
      if (!(await go())) return false;
      // A pause may have come right behind an epoch, before it was looked at.
      if (this.#within.batches === 0 && (await this.#isEnough())) return true;
      for (this.#epoch = this.#epochs.length + 1; this.#epoch <= this.#course.epochs; this.#epoch++) {
        this.#stage = this.#course.stageOf(this.#epoch);
        // Each stage, and the whole behind them, has an optimizer that starts afresh.
        const isLater = this.#epoch > 1 && this.#within.batches === 0;
        if (isLater && this.#course.beginsPlan(this.#epoch)) {
          await session.setState(freshOptimizer(this.#prepared));
        }
        const staged = this.#stage > 0 ? stagedSession(session, this.#stage) : session;
        if (!(await this.#trainEpoch(staged, go))) return false;
        if (await this.#isEnough()) return true;
        await this.#keepCheckpoint('epoch');
      }
      return true;
    } finally {
      this.#stage = 0;
    }
  }

  /** Puts the weights of the best epoch back. @returns its record; null where the last was the best, or none was kept */
  async #restoreBest(): Promise<EpochRecord | null> {
    return (await this.#best?.restore(this.#epochs.at(-1))) ?? null;
  }

  #recordOf(epoch: number | null): EpochRecord | null {
    return this.#epochs.find((record) => record.epoch === epoch) ?? null;
  }

  /** Whether early stopping ends the run here. */
  async #isEnough(): Promise<boolean> {
    const last = this.#epochs.at(-1);
    return last !== undefined && last.stage === undefined && (await this.#best?.after(last)) === true;
  }

  /** Where the run goes on from. @throws ProblemError where that is of another drawing or engine */
  #begunFrom(): Checkpoint['progress'] | undefined {
    const { from, takesNoStep } = this.#input.options ?? {};
    if (!from) return undefined;
    const { engine } = from.progress;
    return checkedAgainst(from.progress, takesNoStep ? { ...this.#origin, engine } : this.#origin);
  }

  /** Of training so far, without pauses. */
  get #seconds(): number {
    const before = this.#input.options?.from?.progress.seconds ?? 0;
    return before + (performance.now() - this.#startedAt - this.#border.pausedFor) / 1000;
  }

  /** What makes checkpoints of runs comparable. */
  get #origin(): RunOrigin {
    const { executor, options, document, dataset } = this.#input;
    const { name, version, threads } = executor.describe();
    const engine = { name, version, threads: options?.threads ?? threads };
    return { documentHash: drawingHash(document), data: dataset.fingerprint, engine };
  }

  /** Lets go of all that a pause does not need: engine's sessions, samples in them, all copies of the state but one. */
  async #release(): Promise<void> {
    if (this.#state !== 'paused') return;
    const state = await this.#session?.release();
    if (state) this.#goodState?.take(state);
    await this.layers.release();
  }

  /** Between two steps. */
  async #keepCheckpoint(occasion: CheckpointOccasion): Promise<void> {
    const session = this.#session;
    if (session) await this.#input.options?.keepCheckpoint?.(() => this.#checkpoint(session), occasion);
  }

  async #checkpoint(session: ModelSession): Promise<Checkpoint | null> {
    const state = await session.state();
    // After an update that went too far the next step fails, here as there.
    if (!allFinite(state)) return null;
    // Whoever keeps losses has all of them then.
    this.#tellProgress();
    const best = this.#best?.kept ?? null;
    const patienceSince = this.#input.options?.from?.progress.patienceSince;
    const progress = {
      ...this.#origin,
      step: this.#log.step,
      seconds: this.#seconds,
      epochs: [...this.#epochs],
      within: { ...this.#within, ...this.#terms.sums },
      bestEpoch: best?.record.epoch ?? null,
      ...(patienceSince !== undefined && { patienceSince }),
      ...(this.startedFrom && { startedFrom: this.startedFrom }),
    };
    return { progress, state, bestState: best?.state ?? null };
  }

  /** @returns null where the run was stopped meanwhile */
  async #load(go: () => Promise<boolean>): Promise<ModelSession | null> {
    const { executor, options } = this.#input;
    const from = options?.from;
    const wanted = { executor, reconstructBatch: this.#reconstructor.count, threads: options?.threads };
    const model = await loadModel(
      this.#prepared,
      { ...wanted, state: from?.state, weights: this.beganWith?.weights },
      go,
    );
    if (!model) return null;
    const { session, state } = model;
    this.#session = session;
    this.#programs = model.programs;
    this.#goodState = new GoodState(session, state);
    const best = this.#recordOf(from?.progress.bestEpoch ?? null);
    const kept = best && from?.bestState ? { record: best, state: from.bestState } : null;
    const { patience } = this.#prepared.document.training;
    this.#best = new BestEpoch(session, patience, kept, from?.progress.patienceSince);
    return (await go()) ? session : null;
  }

  /** @returns false where the run was stopped */
  async #trainEpoch(session: ModelSession, go: () => Promise<boolean>): Promise<boolean> {
    const { document, train, validation, batchSize, evaluationBatch } = this.#prepared;
    const { seed } = document.training;
    const begins = this.#course.beginsPlan(this.#epoch);
    let since = performance.now();
    const order = permutation(seed, SHUFFLE_SITE, this.#epoch, train.length).map(
      (position) => train[position]!,
    );
    for (let { batches } = this.#within; batches * batchSize < order.length; batches++) {
      const rows = order.subarray(batches * batchSize, (batches + 1) * batchSize);
      const loss = await this.#steps.take(session, rows, this.#epoch, this.#programs);
      const now = performance.now();
      const firstOfProgram = begins && (batches === 0 || rows.length < batchSize);
      this.#log.addTime(rows.length, now - since, firstOfProgram);
      const { lossSum, milliseconds } = this.#within;
      this.#within = {
        batches: batches + 1,
        lossSum: lossSum + loss * rows.length,
        milliseconds: milliseconds + now - since,
      };
      if (this.#log.isDue(now)) this.#tellProgress();
      if (this.#watching && this.#reconstructor.isDue()) await this.#tellReconstructions(session);
      if (this.layers.isDue) await this.#besideTraining((now) => this.layers.look(now));
      this.#pcaSearch.begin();
      if (!(await go())) return false;
      since = performance.now();
    }
    const errors = new Float32Array(validation.length);
    const metrics =
      validation.length > 0
        ? await evaluateRows(
            session,
            validation,
            { batch: evaluationBatch, seed, errors, losses: this.#prepared.plan.losses },
            go,
          )
        : null;
    if (validation.length > 0 && !metrics) return false;
    if (metrics && !(Number.isFinite(metrics.mse) && Number.isFinite(metrics.loss))) {
      throw this.#steps.notFinite('The validation loss', this.#log.step, this.#epoch);
    }
    if (metrics) this.#reconstructor.noteErrors(errors);
    const stage = this.#prepared.stages[this.#stage - 1]?.block;
    const record: EpochRecord = {
      epoch: this.#epoch,
      step: this.#log.step,
      trainLoss: this.#within.lossSum / order.length,
      validation: metrics,
      ...(stage && { stage }),
      ...(await this.#sparsity(session, go)),
      samplesPerSecond: (order.length / this.#within.milliseconds) * 1000,
    };
    this.#epochs.push(record);
    this.#within = NOTHING_DONE;
    if (this.#epoch === this.#course.epochs) this.#tellProgress();
    this.#tell(epochEvent(record));
    if (this.#watching && this.#reconstructor.isAllowed()) await this.#tellReconstructions(session);
    if (this.#recording) await this.#besideTraining((now) => this.layers.record(now));
    await this.#codeWatch.afterEpoch(session, this.#log.step, go);
    await this.#goodState?.keep();
    return go();
  }

  /** What is told of an epoch where something is charged for. */
  async #sparsity(session: ModelSession, go: () => Promise<boolean>): Promise<Partial<EpochRecord>> {
    const { plan, train, validation } = this.#prepared;
    const rows = (validation.length > 0 ? validation : train).subarray(0, ENCODED_EACH_EPOCH);
    const encoded = { samples: this.#input.dataset.train, rows, batch: this.#prepared.evaluationBatch };
    // The code is of the whole.
    const activity = this.#stage > 0 ? null : await codeActivity(session, plan, encoded, go);
    const terms = this.#terms.take();
    return { ...(terms && { terms }), ...(activity && { activity }) };
  }

  get #watching(): boolean {
    return this.#input.options?.reconstructions ?? true;
  }

  get #recording(): boolean {
    return this.#watching && (this.#input.options?.layerRecords ?? true);
  }

  #tell(event: RunEvent): void {
    this.#input.onEvent(event);
  }

  #tellProgress(): void {
    const event = this.#log.progress(this.#epoch);
    const terms = this.#terms.latest;
    if (event)
      this.#tell({ ...event, learningRate: this.#steps.learningRate(this.#epoch), ...(terms && { terms }) });
  }

  /** Tells what the model makes of the watched samples, unless that was told after this very step, with these weights. */
  async #tellReconstructions(session: ModelSession, restored = false): Promise<void> {
    const step = this.#log.step;
    if (!this.#watching || (this.#reconstructor.lastStep === step && !restored)) return;
    await this.#reconstructor.timed(session, step, (event) => this.#tell(event));
  }

  /** @param kept the epoch whose weights took the place of the last one's */
  #end(kind: 'completed' | 'stopped', kept: EpochRecord | null = null): RunEnding {
    this.#tellProgress();
    this.#state = kind;
    const activity = this.#evaluations?.activity ?? (kept ?? this.#epochs.at(-1))?.activity;
    const evaluated = this.#evaluations?.groups ?? [];
    const anomalies = anomaliesIn(evaluated);
    const metricsOf = (name: EvaluatedGroupName) => evaluated.find((group) => group.name === name)?.metrics;
    const ending: RunEnding = {
      kind,
      step: this.#log.step,
      seconds: this.#seconds,
      samplesPerSecond: this.#log.samplesPerSecond,
      validation: metricsOf('validation') ?? (kept ?? this.#epochs.at(-1))?.validation ?? null,
      test: metricsOf('test') ?? null,
      ...(anomalies && { anomalies }),
      keptEpoch: kept?.epoch ?? null,
      ...(activity && { activity }),
    };
    this.#tell(ending);
    void this.lookAtLayers().catch(() => {});
    return ending;
  }

  /** Where there is nothing to measure: what was told at the end of the training is told again. */
  #endAsBefore(
    ending: NonNullable<TrainingRunOptions['looks']>['ending'],
    kept: EpochRecord | null,
  ): RunEnding {
    if (!ending) return this.#end('completed', kept);
    this.#tellProgress();
    this.#state = 'completed';
    const told = { ...ending, kind: 'completed' } as const;
    this.#tell(told);
    return told;
  }

  #fail(reason: Problem): RunEnding {
    this.#tellProgress();
    this.#state = 'failed';
    const ending: RunEnding = {
      kind: 'failed',
      step: this.#steps.failed ?? this.#log.step,
      problem: { ...reason, where: reason.where && { ...reason.where } },
    };
    this.#tell(ending);
    return ending;
  }
}
