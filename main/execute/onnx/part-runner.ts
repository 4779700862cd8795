import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { freeBuffers } from './free-buffers';
import { openNativeSession } from './native-session';
import { NativeState } from './native-state';
import type { OnnxModel } from './onnx-model';
import { onnxProblem } from './onnx-problem';
import type { StateMemory } from './state-memory';
import { UpdateKernel } from './update-kernel';

type Results = InferenceSession.ReturnType;

/** What one thread found in its part of a batch. */
export interface PartResult {
  readonly model: OnnxModel;
  /** What ONNX Runtime handed back, by the names of its tensors. */
  readonly results: Results;
  /** Finite exactly where all that is guarded, and every gradient, is. */
  readonly guard: number;
}

/** One thread's work: it runs models, of whole batches or its parts of them, and changes its share of the state. */
export class PartRunner {
  private readonly natives = new Map<OnnxModel, InferenceSession>();
  private readonly state: NativeState;
  private readonly kernel: UpdateKernel;

  /** @param part which part of each batch is this thread's, counted from 0. */
  constructor(
    memory: StateMemory,
    private readonly part: number,
  ) {
    this.state = new NativeState(memory, part);
    this.kernel = new UpdateKernel(memory);
  }

  /** @throws ProblemError where ONNX Runtime refuses the graph. */
  async open(model: OnnxModel, threads: number): Promise<void> {
    this.natives.set(model, await openNative(model, threads));
  }

  /**
   * Runs a model; its gradients are left in the state's memory.
   * @param given its feeds and rows, and where it reads resident data that.
   * @throws ProblemError where ONNX Runtime fails.
   */
  async run(model: OnnxModel, given: Readonly<Record<string, OrtTensor>>): Promise<PartResult> {
    const native = this.natives.get(model);
    if (!native) throw new Error(`The program ${model.program} was not opened`);
    const inputs: Record<string, OrtTensor> = { ...given };
    for (const { state, tensor } of model.reads) inputs[tensor] = this.state.weight(state);
    const fetches: Record<string, OrtTensor | null> = {};
    for (const { tensor } of [...model.outputs, ...model.assigned]) fetches[tensor] = null;
    for (const { gradients, scalars } of model.updates) {
      for (const { state, tensor } of gradients) fetches[tensor] = this.state.gradient(state);
      for (const tensor of Object.values(scalars)) fetches[tensor] = null;
    }
    if (model.guard !== null) fetches[model.guard] = null;

    this.state.pull();
    const results = await native.run(inputs, fetches).catch((error) => {
      throw onnxProblem(error, model.layerOfNode, model.program);
    });
    freeBuffers(gradientCopies(model, results));
    let guard = model.guard === null ? 0 : scalarOf(results, model.guard);
    for (const { update } of model.updates) {
      this.state.push(update.pack);
      guard += this.kernel.absoluteSum(update.pack, this.part);
    }
    return { model, results, guard };
  }

  /**
   * Changes this thread's share of the state by the sums of all parts' gradients, which are lost.
   * @param parts how many threads do so.
   */
  update({ model, results }: PartResult, parts: number): void {
    for (const { update, scalars } of model.updates) {
      const numbers = Object.entries(scalars).map(
        ([role, tensor]) => [role, scalarOf(results, tensor)] as const,
      );
      this.kernel.apply(update, Object.fromEntries(numbers), { part: this.part, parts });
    }
  }

  async release(): Promise<void> {
    for (const native of this.natives.values()) await native.release();
  }
}

async function openNative(model: OnnxModel, threads: number): Promise<InferenceSession> {
  try {
    return await openNativeSession(model.bytes, threads);
  } catch (error) {
    throw onnxProblem(error, model.layerOfNode, null);
  }
}

/** The gradients stand in the state's memory; these are the binding's copies of them. */
function gradientCopies({ updates }: OnnxModel, results: Results): ArrayBufferLike[] {
  const tensors = updates.flatMap(({ gradients }) => gradients.map(({ tensor }) => tensor));
  return tensors.flatMap((tensor) => {
    const data = results[tensor]?.data;
    return data instanceof Float32Array ? [data.buffer] : [];
  });
}

function scalarOf(results: Results, tensor: string): number {
  const value = results[tensor]?.data[0];
  if (typeof value === 'number') return value;
  throw new Error(`ONNX Runtime handed back no number as ${tensor}`);
}
