import type { StateMemory } from './state-memory';
import type { PackUpdate, StatePack } from './state-packs';
import { updateKernelBinary } from './update-kernel-binary';

/** Changes the state in place, as the comment of `Update` says; the arithmetic is in `update-kernel.wat`. */
export class UpdateKernel {
  private readonly functions: WebAssembly.Instance['exports'];

  constructor(private readonly memory: StateMemory) {
    const module = new WebAssembly.Module(Buffer.from(updateKernelBinary, 'base64'));
    this.functions = new WebAssembly.Instance(module, { state: { memory: memory.memory } }).exports;
  }

  /** Whether every gradient of a pack is finite. */
  hasFiniteGradients(pack: StatePack): boolean {
    const { address, bytes } = this.memory.gradientVector(pack);
    return Number.isFinite(this.call('absoluteSum', address, bytes));
  }

  /**
   * Changes a pack and its slots by the gradients that stand in the memory, which are lost.
   * @param scalars the update's inputs that are no gradient, by role.
   */
  apply({ pack, slots, updates }: PackUpdate, scalars: Readonly<Record<string, number>>): void {
    const { kind, constants } = updates[0];
    const input = (role: string) => known(scalars[role], kind, role);
    const constant = (name: string) => known(constants[name], kind, name);
    const slot = (role: string) => this.memory.packVector(known(slots[role], kind, role)).address;
    const w = this.memory.packVector(pack).address;
    const { address: g, bytes } = this.memory.gradientVector(pack);
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

function known<T>(value: T | undefined, kind: string, what: string): T {
  if (value === undefined) throw new Error(`An update by ${kind} lacks ${what}`);
  return value;
}
