import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import type { ProgramSet } from '../../ops/program';
import { assertFits } from '../assert-fits';
import type { LoadOptions, ModelSession, Tensor } from '../executor';
import { type OnnxModel, type Port, writeModel } from './onnx-model';
import { onnxProblem } from './onnx-problem';
import { StateMemory } from './state-memory';
import { packState, packUpdates } from './state-packs';
import { UpdateKernel } from './update-kernel';

/** A Program that is ready to run. */
interface LoadedProgram {
  readonly model: OnnxModel;
  readonly native: InferenceSession;
}

/**
 * One native session a program, over one state.
 * @throws ProblemError where ONNX Runtime refuses a graph.
 */
export async function openOnnxSession(
  set: ProgramSet,
  state: ReadonlyMap<string, Tensor>,
  options: LoadOptions & { readonly threads: number },
): Promise<ModelSession> {
  const packs = packState(set);
  const optimized = set.programs.flatMap(({ updates }) => updates.filter(({ kind }) => kind !== 'assign'));
  const memory = new StateMemory(packs, new Set(packUpdates(optimized, packs).map(({ pack }) => pack)));
  const missing = memory.names.find((name) => !state.has(name));
  if (missing !== undefined) throw new Error(`The state ${missing} was given no contents`);
  memory.replace(state);
  const programs = new Map<string, LoadedProgram>();
  try {
    for (const program of set.programs) {
      // Evaluation without resident data needs no program that takes rows from it.
      if (program.data && !options.data) continue;
      const model = writeModel(program, packs);
      if (model.data && options.data) assertFits(model.data, options.data);
      programs.set(program.name, { model, native: await openNative(model, options.threads) });
    }
  } catch (error) {
    for (const { native } of programs.values()) await native.release();
    throw error;
  }
  const data = options.data ? nativeTensor(options.data) : null;
  return new OnnxSession(programs, memory, data);
}

async function openNative(model: OnnxModel, threads: number): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(model.bytes, {
      executionProviders: ['cpu'],
      graphOptimizationLevel: 'all',
      executionMode: 'sequential',
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      // What fails is thrown as well; stderr is the user's terminal.
      logSeverityLevel: 4,
      // Vanishing weights and moments become denormal numbers, which slow a processor many times over.
      // Idle threads would otherwise spin on, and take the processor from the update between two runs and from the
      // other programs' threads: 50 µs made a dense step 19% faster, a convolutional one 6% (two cores).
      extra: { session: { set_denormal_as_zero: '1', intra_op: { spin_duration_us: '50' } } },
    });
  } catch (error) {
    throw onnxProblem(error, model.layerOfNode, null);
  }
}

class OnnxSession implements ModelSession {
  private readonly kernel: UpdateKernel;
  private disposed = false;
  /** The last call's end: the next one begins there. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly programs: ReadonlyMap<string, LoadedProgram>,
    private readonly memory: StateMemory,
    private readonly data: OrtTensor | null,
  ) {
    this.kernel = new UpdateKernel(memory);
  }

  run(name: string, feeds: Readonly<Record<string, Tensor>>) {
    return this.inTurn(() => this.runProgram(name, feeds));
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
    for (const { native } of this.programs.values()) await native.release();
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.disposed) return Promise.reject(new Error('This model session has been disposed of'));
    const turn = this.last.then(work);
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async runProgram(name: string, feeds: Readonly<Record<string, Tensor>>) {
    const program = this.programs.get(name);
    if (!program) {
      throw new Error(`There is no program ${name}; known: ${[...this.programs.keys()].join(', ')}`);
    }
    const { model, native } = program;
    const inputs: Record<string, OrtTensor> = {};
    for (const port of model.feeds) {
      const tensor = feeds[port.name];
      if (!tensor) throw new Error(`Program ${name} is fed ${port.name}, which was not given`);
      assertFits(port, tensor);
      inputs[port.tensor] = nativeTensor(tensor);
    }
    if (model.data && this.data) inputs[model.data.tensor] = this.data;
    for (const { state, tensor } of model.reads) inputs[tensor] = this.memory.state(state);

    const fetches: Record<string, OrtTensor | null> = {};
    for (const { tensor } of [...model.outputs, ...model.assigned]) fetches[tensor] = null;
    for (const { gradients, scalars } of model.updates) {
      for (const { state, tensor } of gradients) fetches[tensor] = this.memory.gradient(state);
      for (const tensor of Object.values(scalars)) fetches[tensor] = null;
    }
    if (model.guard !== null) fetches[model.guard] = null;

    const results = await native.run(inputs, fetches).catch((error) => {
      throw onnxProblem(error, model.layerOfNode, name);
    });
    const finite = this.update(model, results);
    const outputs: Record<string, Tensor> = {};
    for (const port of model.outputs) outputs[port.name] = tensorOf(port, results[port.tensor]);
    return { outputs, finite };
  }

  /** Changes the state by what a run handed back; where that is not finite, returns false and changes nothing. */
  private update(model: OnnxModel, results: InferenceSession.ReturnType): boolean {
    const { kernel, memory } = this;
    if (model.guard !== null && !Number.isFinite(scalarOf(results, model.guard))) return false;
    if (!model.updates.every(({ update }) => kernel.hasFiniteGradients(update.pack))) return false;
    for (const { update, scalars } of model.updates) {
      const numbers = Object.entries(scalars).map(
        ([role, tensor]) => [role, scalarOf(results, tensor)] as const,
      );
      kernel.apply(update, Object.fromEntries(numbers));
    }
    for (const { state, tensor } of model.assigned) memory.assign(state, results[tensor]);
    return true;
  }
}

function scalarOf(results: InferenceSession.ReturnType, tensor: string): number {
  const value = results[tensor]?.data[0];
  if (typeof value === 'number') return value;
  throw new Error(`ONNX Runtime handed back no number as ${tensor}`);
}

function nativeTensor({ dtype, shape, data }: Tensor): OrtTensor {
  return new OrtTensor(dtype, data, shape);
}

function tensorOf({ name, dtype, shape }: Port, result: OrtTensor | undefined): Tensor {
  const data = result?.data;
  if (data instanceof Float32Array || data instanceof Int32Array || data instanceof Uint8Array) {
    return { dtype, shape, data };
  }
  throw new Error(`ONNX Runtime handed back no ${name} of dtype ${dtype}`);
}
