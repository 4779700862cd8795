import { Tensor as OrtTensor } from 'onnxruntime-node';
import type { StateMemory, Vector } from './state-memory';
import type { StatePack } from './state-packs';

/**
 * The state as the native sessions of one thread read it, and the gradients as they write them. A memory of one
 * thread's own they read and write itself. A shared one they can't: in Node 20 a native binding is refused its buffer;
 * so they have copies of the weights and gradients, which `pull` and `push` keep up (0.15 ms a million bytes).
 */
export class NativeState {
  private readonly tensors = new Map<string, OrtTensor>();
  private readonly weights = new Map<StatePack, Float32Array>();
  private readonly gradients = new Map<StatePack, Float32Array>();
  private readonly isShared: boolean;
  /** The version of the state that was pulled last. */
  private seen: number | null = null;

  /** @param part which of the threads' gradients are this one's. */
  constructor(
    private readonly memory: StateMemory,
    private readonly part: number,
  ) {
    this.isShared = memory.layout.parts > 1;
  }

  /** The tensor to feed where a run reads a state tensor. */
  weight(name: string): OrtTensor {
    return this.tensor(`weight ${name}`, name, (pack) => {
      // A pack that is seen for the first time has not been pulled.
      if (!this.weights.has(pack)) this.seen = null;
      return this.numbersOf(pack, this.weights, this.memory.packVector(pack));
    });
  }

  /** The tensor a run writes a state tensor's gradient to. */
  gradient(name: string): OrtTensor {
    return this.tensor(`gradient ${name}`, name, (pack) =>
      this.numbersOf(pack, this.gradients, this.memory.gradientVector(pack, this.part)),
    );
  }

  /** To be called before a run, once its tensors are known. */
  pull(): void {
    const { version } = this.memory;
    if (!this.isShared || version === this.seen) return;
    for (const [pack, numbers] of this.weights) {
      numbers.set(this.memory.numbersOf(this.memory.packVector(pack)));
    }
    this.seen = version;
  }

  /** To be called after a run, for each pack whose gradients it has written. */
  push(pack: StatePack): void {
    const gradients = this.gradients.get(pack);
    if (!this.isShared || !gradients) return;
    this.memory.numbersOf(this.memory.gradientVector(pack, this.part)).set(gradients);
  }

  private tensor(key: string, name: string, numbersOf: (pack: StatePack) => Float32Array): OrtTensor {
    const present = this.tensors.get(key);
    if (present) return present;
    const { pack, member } = this.memory.placeOf(name);
    const numbers = numbersOf(pack).subarray(member.offset, member.offset + member.length);
    const tensor = new OrtTensor('float32', numbers, member.shape);
    this.tensors.set(key, tensor);
    return tensor;
  }

  private numbersOf(pack: StatePack, copies: Map<StatePack, Float32Array>, vector: Vector): Float32Array {
    if (!this.isShared) return this.memory.numbersOf(vector);
    const copy = copies.get(pack) ?? new Float32Array(pack.length);
    copies.set(pack, copy);
    return copy;
  }
}
