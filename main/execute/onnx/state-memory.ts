import { Tensor as OrtTensor } from 'onnxruntime-node';
import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';
import { assertFits } from '../assert-fits';
import type { Tensor } from '../executor';
import type { PackMember, StatePack } from './state-packs';

const BYTES = Float32Array.BYTES_PER_ELEMENT;
const PAGE_BYTES = 2 ** 16;
const MOST_PAGES = 2 ** 16;

/** Where a pack or its gradients lie in the memory. */
interface Vector {
  readonly address: number;
  readonly bytes: number;
}

/**
 * The state of a model and room for its gradients, in one WebAssembly memory: ONNX Runtime reads the one and writes
 * the other without copying, and the update kernel changes the state in place.
 */
export class StateMemory {
  readonly memory: WebAssembly.Memory;
  private readonly packs: ReadonlyMap<StatePack, Vector>;
  private readonly gradients: ReadonlyMap<StatePack, Vector>;
  private readonly places = new Map<string, { pack: StatePack; member: PackMember }>();
  private readonly tensors = new Map<string, OrtTensor>();

  /**
   * @param trained the packs that need room for gradients.
   * @throws ProblemError where the state is too large, or there is not enough memory.
   */
  constructor(packs: readonly StatePack[], trained: ReadonlySet<StatePack>) {
    let end = 0;
    const place = (pack: StatePack): [StatePack, Vector] => {
      const vector = { address: end, bytes: pack.length * BYTES };
      end += vector.bytes;
      return [pack, vector];
    };
    this.packs = new Map(packs.map(place));
    this.gradients = new Map([...trained].map(place));
    this.memory = memoryOf(end);
    for (const pack of packs) {
      for (const member of pack.members) this.places.set(member.name, { pack, member });
    }
  }

  get names(): string[] {
    return [...this.places.keys()];
  }

  /** The tensor to feed where a run reads a state tensor. */
  state(name: string): OrtTensor {
    return this.tensorOf(name, 'state');
  }

  /** The tensor a run writes a state tensor's gradient to. */
  gradient(name: string): OrtTensor {
    return this.tensorOf(name, 'gradient');
  }

  packVector(pack: StatePack): Vector {
    return vectorIn(this.packs, pack);
  }

  gradientVector(pack: StatePack): Vector {
    return vectorIn(this.gradients, pack);
  }

  /** A copy of one state tensor. */
  copy(name: string): Tensor {
    const { shape } = this.placeOf(name).member;
    return { dtype: 'float32', shape, data: this.numbers(name, 'state').slice() };
  }

  /** Replaces state tensors, all of them or (where one is unknown or does not fit) none. */
  replace(state: ReadonlyMap<string, Tensor>): void {
    for (const [name, tensor] of state) {
      assertFits({ name, dtype: 'float32', shape: this.placeOf(name).member.shape }, tensor);
    }
    for (const [name, { data }] of state) this.numbers(name, 'state').set(data);
  }

  /** Replaces a state tensor by what a run handed back for it. */
  assign(name: string, result: OrtTensor | undefined): void {
    if (!(result?.data instanceof Float32Array)) throw new Error(`ONNX Runtime handed back no ${name}`);
    this.numbers(name, 'state').set(result.data);
  }

  private tensorOf(name: string, what: 'state' | 'gradient'): OrtTensor {
    const key = `${what} ${name}`;
    const present = this.tensors.get(key);
    if (present) return present;
    const tensor = new OrtTensor('float32', this.numbers(name, what), this.placeOf(name).member.shape);
    this.tensors.set(key, tensor);
    return tensor;
  }

  private numbers(name: string, what: 'state' | 'gradient'): Float32Array<ArrayBuffer> {
    const { pack, member } = this.placeOf(name);
    const { address } = what === 'state' ? this.packVector(pack) : this.gradientVector(pack);
    return new Float32Array(this.memory.buffer, address + member.offset * BYTES, member.length);
  }

  private placeOf(name: string): { pack: StatePack; member: PackMember } {
    const place = this.places.get(name);
    if (!place) throw new Error(`There is no state ${name}`);
    return place;
  }
}

function vectorIn(vectors: ReadonlyMap<StatePack, Vector>, pack: StatePack): Vector {
  const vector = vectors.get(pack);
  if (!vector) throw new Error(`There is no room for a pack that begins with ${pack.members[0]?.name}`);
  return vector;
}

function memoryOf(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE_BYTES);
  const gigabytes = (bytes / 2 ** 30).toFixed(1);
  const refuse = (detail: string) =>
    new ProblemError(problem('ENGINE_REFUSED', { engine: 'ONNX Runtime', detail }));
  if (pages > MOST_PAGES) {
    throw refuse(`its weights, moments and gradients need ${gigabytes} GB, and 4 GB fit.`);
  }
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch {
    throw refuse(`there is not enough memory for its weights, moments and gradients (${gigabytes} GB).`);
  }
}
