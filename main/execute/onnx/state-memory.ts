import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';
import { assertFits } from '../assert-fits';
import type { Tensor } from '../executor';
import type { PackMember, StatePack } from './state-packs';

const BYTES = Float32Array.BYTES_PER_ELEMENT;
const PAGE_BYTES = 2 ** 16;
const MOST_PAGES = 2 ** 16;
/** The head holds the version, in a cache line of its own. */
const HEAD_BYTES = 64;

/** Where a pack or its gradients lie in the memory. */
export interface Vector {
  readonly address: number;
  readonly bytes: number;
}

/** What a state memory holds; a thread that shares one is told this. */
export interface StateLayout {
  readonly packs: readonly StatePack[];
  /** The packs that need room for gradients. */
  readonly trained: ReadonlySet<StatePack>;
  /** How many threads put gradients in it, each its own. */
  readonly parts: number;
}

/** How many bytes of memory a layout takes. */
export function bytesOf({ packs, trained, parts }: StateLayout): number {
  const sum = (list: Iterable<StatePack>) =>
    [...list].reduce((bytes, { length }) => bytes + length * BYTES, 0);
  return HEAD_BYTES + sum(packs) + parts * sum(trained);
}

/**
 * The state of a model and room for its gradients, in one WebAssembly memory, where the update kernel changes the
 * state in place. Where several threads work on each batch, the memory is shared among them.
 */
export class StateMemory {
  readonly memory: WebAssembly.Memory;
  private readonly packs: ReadonlyMap<StatePack, Vector>;
  private readonly gradients: readonly ReadonlyMap<StatePack, Vector>[];
  private readonly places = new Map<string, { pack: StatePack; member: PackMember }>();
  private readonly head: Int32Array;

  /**
   * @param shared the memory, where another thread has made it.
   * @throws ProblemError where the state is too large, or there is not enough memory.
   */
  constructor(
    readonly layout: StateLayout,
    shared?: WebAssembly.Memory,
  ) {
    const { packs, trained, parts } = layout;
    let end = HEAD_BYTES;
    const place = (pack: StatePack): [StatePack, Vector] => {
      const vector = { address: end, bytes: pack.length * BYTES };
      end += vector.bytes;
      return [pack, vector];
    };
    this.packs = new Map(packs.map(place));
    this.gradients = Array.from({ length: parts }, () => new Map([...trained].map(place)));
    this.memory = shared ?? memoryOf(end, parts > 1);
    this.head = new Int32Array(this.memory.buffer, 0, 1);
    for (const pack of packs) {
      for (const member of pack.members) this.places.set(member.name, { pack, member });
    }
  }

  get names(): string[] {
    return [...this.places.keys()];
  }

  /** Another number after every change of the state. */
  get version(): number {
    return Atomics.load(this.head, 0);
  }

  /** To be called once the state has been changed. */
  isChanged(): void {
    Atomics.add(this.head, 0, 1);
  }

  packVector(pack: StatePack): Vector {
    return known(this.packs.get(pack), pack);
  }

  /** @param part whose gradients, counted from 0. */
  gradientVector(pack: StatePack, part: number): Vector {
    return known(this.gradients[part]?.get(pack), pack);
  }

  /** The numbers of a vector, as they stand in the memory. */
  numbersOf({ address, bytes }: Vector): Float32Array {
    return new Float32Array(this.memory.buffer, address, bytes / BYTES);
  }

  /** A copy of one state tensor. */
  copy(name: string): Tensor {
    const { shape } = this.placeOf(name).member;
    return { dtype: 'float32', shape, data: this.numbers(name).slice() };
  }

  /** Replaces state tensors, all of them or (where one is unknown or does not fit) none. */
  replace(state: ReadonlyMap<string, Tensor>): void {
    for (const [name, tensor] of state) {
      assertFits({ name, dtype: 'float32', shape: this.placeOf(name).member.shape }, tensor);
    }
    for (const [name, { data }] of state) this.numbers(name).set(data);
    this.isChanged();
  }

  /** Replaces one state tensor by as many numbers; for `isChanged` to be called afterwards. */
  assign(name: string, numbers: ArrayLike<number>): void {
    this.numbers(name).set(numbers);
  }

  placeOf(name: string): { readonly pack: StatePack; readonly member: PackMember } {
    const place = this.places.get(name);
    if (!place) throw new Error(`There is no state ${name}`);
    return place;
  }

  private numbers(name: string): Float32Array {
    const { pack, member } = this.placeOf(name);
    return this.numbersOf(this.packVector(pack)).subarray(member.offset, member.offset + member.length);
  }
}

function known(vector: Vector | undefined, pack: StatePack): Vector {
  if (!vector) throw new Error(`There is no room for a pack that begins with ${pack.members[0]?.name}`);
  return vector;
}

function memoryOf(bytes: number, shared: boolean): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE_BYTES);
  const gigabytes = (bytes / 2 ** 30).toFixed(1);
  const refuse = (detail: string) =>
    new ProblemError(problem('ENGINE_REFUSED', { engine: 'ONNX Runtime', detail }));
  if (pages > MOST_PAGES) {
    throw refuse(`its weights, moments and gradients need ${gigabytes} GB, and 4 GB fit.`);
  }
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  } catch {
    throw refuse(`there is not enough memory for its weights, moments and gradients (${gigabytes} GB).`);
  }
}
