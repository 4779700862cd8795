import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { ProblemError } from '../../../shared/errors/problem';
import type { Numbers } from './numbers';
import type { OnnxModel } from './onnx-model';
import { onnxProblem } from './onnx-problem';
import { PartMailbox } from './part-mailbox';
import type { OnnxWorkerData, WorkerMessage } from './part-work';

/** How long the engine's thread sleeps at most before it looks whether a worker is still there. */
const SLEEP_MS = 100;

/** Where a model's inputs come from and its outputs go, by tensor. */
interface Slots {
  readonly inputs: ReadonlyMap<string, Numbers>;
  readonly outputs: ReadonlyMap<string, Numbers>;
}

/** The engine's side of one worker. One thing is asked for at a time, and waited for with `finish`. */
export class PartWorker {
  private readonly mailbox: PartMailbox;
  private readonly models: readonly OnnxModel[];
  private readonly slots: ReadonlyMap<OnnxModel, Slots>;
  private readonly worker: Worker;
  private readonly ended: Promise<unknown>;
  private readonly isReady: Promise<void>;
  /** What the worker said went wrong, until it is thrown. */
  private failure: unknown = null;
  private isGone = false;

  /** @param url the built `onnx-worker.mjs`. */
  constructor(url: URL, data: Omit<OnnxWorkerData, 'mailbox'>) {
    const models = data.models.map(({ model }) => model);
    const buffer = PartMailbox.bufferFor(models);
    const mailbox = new PartMailbox(buffer);
    this.mailbox = mailbox;
    this.models = models;
    this.slots = new Map(
      models.map((model) => [model, { inputs: mailbox.inputs(model), outputs: mailbox.outputs(model) }]),
    );
    this.worker = new Worker(url, { workerData: { ...data, mailbox: buffer } satisfies OnnxWorkerData });
    // A session that nobody disposed of must not keep the process alive.
    this.worker.unref();
    this.ended = new Promise((resolve) => this.worker.once('exit', resolve));
    this.isReady = new Promise((resolve, reject) => {
      this.worker.on('message', (message: WorkerMessage) => {
        if (message.kind === 'ready') return resolve();
        this.failure = errorOf(message);
        reject(this.failure);
      });
      this.worker.once('error', (error) => {
        this.failure = error;
      });
      this.worker.once('exit', (code) => {
        this.isGone = true;
        this.failure ??= new Error(`a thread of it ended unasked (exit code ${code}).`);
        reject(this.failure);
      });
    });
    this.isReady.catch(() => {});
  }

  /** @throws ProblemError where the worker could not open its models. */
  async ready(): Promise<void> {
    // Until then the process has to stay: somebody is waiting.
    this.worker.ref();
    try {
      await this.isReady;
    } catch (error) {
      throw asProblem(error, null);
    } finally {
      this.worker.unref();
    }
  }

  /** Where the model's inputs are to be put before it is run, by tensor. */
  inputs(model: OnnxModel): Slots['inputs'] {
    return this.slotsOf(model).inputs;
  }

  /** What the last run of the model handed back, by tensor; overwritten by the next run of any. */
  outputs(model: OnnxModel): Slots['outputs'] {
    return this.slotsOf(model).outputs;
  }

  /** The guard of the last run. */
  get guard(): number {
    return this.mailbox.guard[0] ?? Number.NaN;
  }

  /** To update is to do so by the gradients of the last run, which was of the same model. */
  begin(work: 'run' | 'update', model: OnnxModel): void {
    this.mailbox.ask(work, this.models.indexOf(model));
  }

  /** Waits until what was begun is done. @throws ProblemError where the worker failed, or is gone. */
  async finish({ program }: OnnxModel): Promise<void> {
    while (!this.mailbox.isDone(SLEEP_MS)) {
      if (this.isGone) throw asProblem(this.failure, program);
      // What becomes of the worker is told between two turns of this thread only.
      await setImmediate();
    }
    if (!this.mailbox.hasFailed) return;
    while (this.failure === null) await setImmediate();
    const failure = this.failure;
    if (!this.isGone) this.failure = null;
    throw asProblem(failure, program);
  }

  /** Ends the thread; returns once it has ended. */
  async end(): Promise<void> {
    this.worker.ref();
    if (!this.isGone) this.mailbox.ask('end', 0);
    await this.ended;
  }

  private slotsOf(model: OnnxModel): Slots {
    const slots = this.slots.get(model);
    if (!slots) throw new Error(`A worker does not know the program ${model.program}`);
    return slots;
  }
}

function errorOf({ problems, said }: Extract<WorkerMessage, { kind: 'failed' }>): Error {
  return problems ? new ProblemError(...problems) : new Error(said);
}

function asProblem(error: unknown, program: string | null): ProblemError {
  return error instanceof ProblemError ? error : onnxProblem(error, new Map(), program);
}
