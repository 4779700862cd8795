import type { StateMemory } from './state-memory';
import type { PackUpdate, StatePack } from './state-packs';
import { updateKernelBinary } from './update-kernel-binary';

/** Shares of a pack begin at multiples of a cache line, so that no two threads write to the same one. */
const LINE_BYTES = 64;

/** Which thread's share of an update is made, of how many. */
interface Share {
  readonly part: number;
  readonly parts: number;
}

/** Changes the state in place, as the comment of `Update` says; the arithmetic is in `update-kernel.wat`. */
export class UpdateKernel {
  private readonly functions: WebAssembly.Instance['exports'];

  constructor(private readonly memory: StateMemory) {
    const module = new WebAssembly.Module(binaryFor(memory.layout.parts > 1));
    this.functions = new WebAssembly.Instance(module, { state: { memory: memory.memory } }).exports;
  }

  /** The sum of the absolute values of a part's gradients: finite where every one is. */
  absoluteSum(pack: StatePack, part: number): number {
    const { address, bytes } = this.memory.gradientVector(pack, part);
    return this.call('absoluteSum', address, bytes);
  }

  /**
   * Changes a share of a pack and its slots by the sums of all parts' gradients, which are lost.
   * @param scalars the update's inputs that are no gradient, by role.
   */
  apply(
    { pack, slots, updates }: PackUpdate,
    scalars: Readonly<Record<string, number>>,
    { part, parts }: Share,
  ): void {
    const lines = (pack.length * Float32Array.BYTES_PER_ELEMENT) / LINE_BYTES;
    const from = Math.floor((lines * part) / parts) * LINE_BYTES;
    const bytes = Math.floor((lines * (part + 1)) / parts) * LINE_BYTES - from;
    // The sum is made where this thread's own gradients stand: to write where another thread does costs time.
    const g = this.memory.gradientVector(pack, part).address + from;
    for (let other = 0; other < parts; other++) {
      if (other === part) continue;
      this.call('add', g, this.memory.gradientVector(pack, other).address + from, bytes);
    }
    const { kind, constants } = updates[0];
    const input = (role: string) => known(scalars[role], kind, role);
    const constant = (name: string) => known(constants[name], kind, name);
    const slot = (role: string) => this.memory.packVector(known(slots[role], kind, role)).address + from;
    const w = this.memory.packVector(pack).address + from;
    const rate = input('learningRate');
    switch (kind) {
      case 'adam': {
        const [beta1, beta2] = [constant('beta1'), constant('beta2')];
        const alpha = (rate * Math.sqrt(1 - input('beta2Power'))) / (1 - input('beta1Power'));
        const decays = [beta1, 1 - beta1, beta2, 1 - beta2];
        this.call('adam', w, slot('m'), slot('v'), g, bytes, alpha, ...decays, constant('epsilon'));
        return;
      }
      case 'sgd':
        if (slots.velocity)
          this.call('momentum', w, slot('velocity'), g, bytes, constant('momentum'), -rate, 1);
        else this.call('descent', w, g, bytes, -rate);
        return;
      case 'rmsprop': {
        const rho = constant('rho');
        this.call('rmsStep', slot('meanSquare'), g, bytes, rate, rho, 1 - rho, constant('epsilon'));
        if (slots.momentum) this.call('momentum', w, slot('momentum'), g, bytes, constant('momentum'), 1, -1);
        else this.call('descent', w, g, bytes, -1);
        return;
      }
      case 'assign':
        throw new Error('What is assigned has no gradient');
    }
  }

  private call(name: string, ...numbers: number[]): number {
    const kernel = this.functions[name];
    if (!kernel) throw new Error(`The update kernel has no ${name}`);
    return kernel(...numbers);
  }
}

/** The kernel's binary; one for a shared memory differs in the flags of the memory it imports. */
function binaryFor(isShared: boolean): Uint8Array {
  const binary = Buffer.from(updateKernelBinary, 'base64');
  if (!isShared) return binary;
  // The import's name is followed by its kind (2, a memory) and the flags: 1 with a maximum, 3 shared as well.
  const kind = binary.indexOf('memory') + 'memory'.length;
  if (binary[kind] !== 2 || binary[kind + 1] !== 1) throw new Error('The update kernel imports no memory');
  binary[kind + 1] = 3;
  return binary;
}

function known<T>(value: T | undefined, kind: string, what: string): T {
  if (value === undefined) throw new Error(`An update by ${kind} lacks ${what}`);
  return value;
}
