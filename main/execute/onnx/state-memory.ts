import { Tensor as OrtTensor } from 'onnxruntime-node';
import type { Tensor } from '../executor';
import type { PackMember, StatePack } from './state-packs';

/**
 * The state of a model. Each pack has two buffers used in turn: a run reads the one and writes the other, and only
 * when the run has gone well does the other become the state.
 */
export class StateMemory {
  private readonly packs: ReadonlyMap<StatePack, { current: PackBuffer; spare: PackBuffer | null }>;
  private readonly places = new Map<string, { pack: StatePack; member: PackMember }>();

  constructor(packs: readonly StatePack[]) {
    this.packs = new Map(packs.map((pack) => [pack, { current: new PackBuffer(pack), spare: null }]));
    for (const pack of packs) {
      for (const member of pack.members) this.places.set(member.name, { pack, member });
    }
  }

  get names(): string[] {
    return [...this.places.keys()];
  }

  /** The tensor to feed where a run reads a state tensor. */
  read(name: string): OrtTensor {
    const { pack } = this.placeOf(name);
    const window = this.buffersOf(pack).current.windows.get(name);
    if (!window) throw new Error(`There is no state ${name}`);
    return window;
  }

  /** The tensor to feed where a run reads a whole pack. */
  whole(pack: StatePack): OrtTensor {
    return this.buffersOf(pack).current.tensor;
  }

  /** The tensor a run writes a pack's next contents to. */
  spare(pack: StatePack): OrtTensor {
    const buffers = this.buffersOf(pack);
    buffers.spare ??= new PackBuffer(pack);
    return buffers.spare.tensor;
  }

  /** Makes what the last run wrote the state. */
  adopt(packs: Iterable<StatePack>): void {
    for (const pack of packs) {
      const buffers = this.buffersOf(pack);
      if (buffers.spare) [buffers.current, buffers.spare] = [buffers.spare, buffers.current];
    }
  }

  /** A copy of one state tensor. */
  copy(name: string): Tensor {
    const { pack, member } = this.placeOf(name);
    const { offset, length, shape } = member;
    const data = this.buffersOf(pack).current.numbers.slice(offset, offset + length);
    return { dtype: 'float32', shape, data };
  }

  /** Replaces state tensors, all of them or (where one is unknown or does not fit) none. */
  replace(state: ReadonlyMap<string, Tensor>): void {
    const entries = [...state].map(([name, tensor]) => {
      const place = this.placeOf(name);
      const { shape, length } = place.member;
      const fits =
        tensor.dtype === 'float32' && tensor.shape.join() === shape.join() && tensor.data.length === length;
      if (!fits) {
        throw new Error(
          `${name} is float32 [${shape}]; ${tensor.dtype} [${tensor.shape}] with ${tensor.data.length} elements came`,
        );
      }
      return { ...place, data: tensor.data };
    });
    for (const { pack, member, data } of entries)
      this.buffersOf(pack).current.numbers.set(data, member.offset);
  }

  private placeOf(name: string): { pack: StatePack; member: PackMember } {
    const place = this.places.get(name);
    if (!place) throw new Error(`There is no state ${name}`);
    return place;
  }

  private buffersOf(pack: StatePack): { current: PackBuffer; spare: PackBuffer | null } {
    const buffers = this.packs.get(pack);
    if (!buffers) throw new Error(`There is no ${pack.name}`);
    return buffers;
  }
}

/** One buffer, as one tensor and as a tensor for each member; all look at the same memory. */
class PackBuffer {
  readonly numbers: Float32Array<ArrayBuffer>;
  readonly tensor: OrtTensor;
  readonly windows: ReadonlyMap<string, OrtTensor>;

  constructor({ length, members }: StatePack) {
    this.numbers = new Float32Array(length);
    this.tensor = new OrtTensor('float32', this.numbers, [length]);
    this.windows = new Map(
      members.map(({ name, shape, offset, length: count }) => [
        name,
        new OrtTensor('float32', this.numbers.subarray(offset, offset + count), shape),
      ]),
    );
  }
}
