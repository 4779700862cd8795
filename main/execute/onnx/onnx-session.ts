import { Tensor as OrtTensor } from 'onnxruntime-node';
import type { Program, ProgramSet } from '../../ops/program';
import { assertFits } from '../assert-fits';
import type { DrawKey, LoadOptions, ModelSession, Tensor } from '../executor';
import { DividedBatch } from './divided-batch';
import { DrawnNumbers } from './drawn-numbers';
import { numbersOf } from './numbers';
import { type OnnxModel, writeModel } from './onnx-model';
import { type PartResult, PartRunner } from './part-runner';
import { PartWorker } from './part-worker';
import { paysToDivide } from './pays-to-divide';
import { bytesOf, type StateLayout, StateMemory } from './state-memory';
import { packState, packUpdates, type StatePack } from './state-packs';

/** Above this the state is not shared: every thread would hold gradients and copies of the weights of its own. */
const MOST_SHARED_BYTES = 2 ** 30;

interface OnnxOptions extends LoadOptions {
  readonly threads: number;
  /** The built `onnx-worker.mjs`; null where there is none, and no batch is divided then. */
  readonly workerUrl: URL | null;
}

/** A Program that is ready to run, whole or in parts at once. */
type LoadedProgram =
  | { readonly program: Program; readonly whole: OnnxModel }
  | { readonly program: Program; readonly divided: DividedBatch };

/** What of a Program is run: the models of its parts in their order, or its own. */
interface WrittenProgram {
  readonly program: Program;
  readonly models: readonly [OnnxModel, ...OnnxModel[]];
}

/**
 * One native session a program, over one state. Where programs have parts, workers run all parts but the first.
 * @throws ProblemError where ONNX Runtime refuses a graph.
 */
export async function openOnnxSession(
  set: ProgramSet,
  state: ReadonlyMap<string, Tensor>,
  options: OnnxOptions,
): Promise<ModelSession> {
  const layout = layoutFor(set, options);
  const memory = new StateMemory(layout);
  const missing = memory.names.find((name) => !state.has(name));
  if (missing !== undefined) throw new Error(`The state ${missing} was given no contents`);
  memory.replace(state);
  const written = set.programs
    // Evaluation without resident data needs no program that takes rows from it.
    .filter(({ data }) => !data || options.data)
    .map((program) => write(program, layout));
  for (const { program } of written) {
    if (!program.data || !options.data) continue;
    const { name, value } = program.data;
    assertFits({ name, dtype: value.dtype, shape: value.shape }, options.data);
  }

  const runner = new PartRunner(memory, 0);
  const workers: PartWorker[] = [];
  const close = async () => {
    await Promise.all(workers.map((worker) => worker.end()));
    await runner.release();
  };
  try {
    // The first native session makes its thread treat denormal numbers as 0, and threads started by it inherit that
    // (on Linux); no later session would. So this thread's sessions come before the workers.
    for (const { models } of written) {
      await runner.open(models[0], Math.floor(options.threads / models.length));
    }
    for (let part = 1; part < layout.parts && options.workerUrl; part++) {
      const models = written.flatMap(({ models: each }) => {
        const model = each[part];
        return model
          ? [{ model, parts: each.length, threads: Math.floor(options.threads / each.length) }]
          : [];
      });
      workers.push(new PartWorker(options.workerUrl, { layout, memory: memory.memory, part, models }));
    }
    await Promise.all(workers.map((worker) => worker.ready()));
  } catch (error) {
    await close();
    throw error;
  }
  const programs = written.map(({ program, models }): [string, LoadedProgram] => {
    const [whole] = models;
    if (models.length === 1) return [program.name, { program, whole }];
    const others = workers.slice(0, models.length - 1);
    const divided = new DividedBatch(program, models, runner, others, options.data ?? null);
    return [program.name, { program, divided }];
  });
  return new OnnxSession(new Map(programs), memory, runner, close, options.data ?? null);
}

function write(program: Program, { packs, parts }: StateLayout): WrittenProgram {
  const [first, ...others] = (program.parts?.length ?? 1) <= parts ? (program.parts ?? []) : [];
  if (!first) return { program, models: [writeModel(program, packs)] };
  return {
    program,
    models: [writeModel(first, packs, true), ...others.map((part) => writeModel(part, packs, true))],
  };
}

/** What the state memory holds, and for how many parts of a batch. */
function layoutFor(set: ProgramSet, { threads, workerUrl }: OnnxOptions): StateLayout {
  const packs = packState(set);
  const optimized = set.programs.flatMap(({ updates }) => updates.filter(({ kind }) => kind !== 'assign'));
  const trained: ReadonlySet<StatePack> = new Set(packUpdates(optimized, packs).map(({ pack }) => pack));
  const counts = set.programs.map(({ parts }) => parts?.length ?? 1).filter((count) => count <= threads);
  const shared = { packs, trained, parts: Math.max(1, ...counts) };
  const isDivided = workerUrl !== null && bytesOf(shared) <= MOST_SHARED_BYTES && paysToDivide(set);
  return isDivided ? shared : { ...shared, parts: 1 };
}

class OnnxSession implements ModelSession {
  private readonly data: OrtTensor | null;
  private readonly drawn: DrawnNumbers;
  private disposed = false;
  /** The last call's end: the next one begins there. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly programs: ReadonlyMap<string, LoadedProgram>,
    private readonly memory: StateMemory,
    private readonly runner: PartRunner,
    private readonly close: () => Promise<void>,
    data: Tensor | null,
  ) {
    this.data = data && nativeTensor(data);
    this.drawn = new DrawnNumbers([...programs.values()].map(({ program }) => program));
  }

  run(name: string, feeds: Readonly<Record<string, Tensor>>, draw?: DrawKey) {
    return this.inTurn(() => this.runProgram(name, feeds, draw));
  }

  state(names: readonly string[] = this.memory.names): Promise<Map<string, Tensor>> {
    return this.inTurn(async () => new Map(names.map((name) => [name, this.memory.copy(name)])));
  }

  setState(state: ReadonlyMap<string, Tensor>): Promise<void> {
    return this.inTurn(async () => this.memory.replace(state));
  }

  async dispose(): Promise<void> {
    if (this.disposed) return;
    this.disposed = true;
    await this.last;
    await this.close();
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.disposed) return Promise.reject(new Error('This model session has been disposed of'));
    const turn = this.last.then(work);
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async runProgram(name: string, given: Readonly<Record<string, Tensor>>, draw?: DrawKey) {
    const loaded = this.programs.get(name);
    if (!loaded) {
      throw new Error(`There is no program ${name}; known: ${[...this.programs.keys()].join(', ')}`);
    }
    for (const { name: feed, value } of loaded.program.feeds) {
      const tensor = given[feed];
      if (!tensor) throw new Error(`Program ${name} is fed ${feed}, which was not given`);
      assertFits({ name: feed, dtype: value.dtype, shape: value.shape }, tensor);
    }
    const feeds = { ...given, ...this.drawn.numbers(loaded.program, given, draw) };
    return 'divided' in loaded ? this.runDivided(loaded.divided, feeds) : this.runWhole(loaded.whole, feeds);
  }

  private async runDivided(batch: DividedBatch, feeds: Readonly<Record<string, Tensor>>) {
    const { own, outputs, guard } = await batch.run(feeds);
    const finite = isFiniteFloat(guard);
    if (finite && own.model.updates.length > 0) await batch.update(own);
    if (finite) this.assign(own);
    return { outputs, finite };
  }

  private async runWhole(model: OnnxModel, feeds: Readonly<Record<string, Tensor>>) {
    const inputs: Record<string, OrtTensor> = {};
    for (const { name, tensor } of model.feeds) {
      const feed = feeds[name];
      if (feed) inputs[tensor] = nativeTensor(feed);
    }
    if (model.data && this.data) inputs[model.data.tensor] = this.data;
    const result = await this.runner.run(model, inputs);
    const finite = isFiniteFloat(result.guard);
    if (finite) {
      this.runner.update(result, 1);
      this.assign(result);
    }
    const outputs: Record<string, Tensor> = {};
    for (const { name, tensor, dtype, shape } of model.outputs) {
      outputs[name] = { dtype, shape, data: numbersOf(result.results[tensor]) };
    }
    return { outputs, finite };
  }

  /** Replaces the state tensors that a run hands back whole; with that its changes of the state are complete. */
  private assign({ model, results }: PartResult): void {
    for (const { state, tensor } of model.assigned) this.memory.assign(state, numbersOf(results[tensor]));
    if (model.updates.length + model.assigned.length > 0) this.memory.isChanged();
  }
}

/** Whether a number is finite as a float32, which gradients are. */
function isFiniteFloat(value: number): boolean {
  return Number.isFinite(Math.fround(value));
}

function nativeTensor({ dtype, shape, data }: Tensor): OrtTensor {
  return new OrtTensor(dtype, data, shape);
}
