import { optimizerOf } from '../../../shared/optimizers/catalogue';
import type { UpdateInputs } from '../../../shared/optimizers/optimizer';
import type { Update } from '../../ops/program';
import type { StateMemory } from './state-memory';
import type { PackUpdate, StatePack } from './state-packs';
import { type Expression, expressionOps, scalar, vector, withoutDenormals } from './vector-expression';
import { compileLoop, type VectorLoop } from './vector-loop';

/** Shares of a pack begin at multiples of a cache line, so that no two threads write to the same one. */
const LINE_BYTES = 64;

/** Which thread's share of an update is made, of how many. */
interface Share {
  readonly part: number;
  readonly parts: number;
}

const { abs, add } = expressionOps;

/**
 * Changes the state in place: ONNX Runtime has no op that does. Expanded in its ops an update is a dozen passes over
 * memory, and every new weight and moment is copied on the way out. Each optimizer's arithmetic is made into one loop.
 */
export class UpdateKernel {
  private readonly sum: VectorLoop;
  private readonly addition: VectorLoop;
  private readonly updates = new Map<string, VectorLoop>();

  constructor(private readonly memory: StateMemory) {
    // Σ |g|: finite exactly where every element is, short of sums beyond 3·10³⁸.
    this.sum = this.compile({}, abs(vector('gradient')));
    this.addition = this.compile({ gradient: add(vector('gradient'), vector('other')) });
  }

  /** The sum of the absolute values of a part's gradients: finite where every one is. */
  absoluteSum(pack: StatePack, part: number): number {
    const { address, bytes } = this.memory.gradientVector(pack, part);
    return this.sum({ gradient: address }, bytes);
  }

  /**
   * Changes a share of a pack and its slots by the sums of all parts' gradients, which are lost.
   * @param scalars the update's inputs that are no gradient, by role.
   */
  apply(
    { pack, slots, updates: [update] }: PackUpdate,
    scalars: Readonly<Record<string, number>>,
    { part, parts }: Share,
  ): void {
    const lines = (pack.length * Float32Array.BYTES_PER_ELEMENT) / LINE_BYTES;
    const from = Math.floor((lines * part) / parts) * LINE_BYTES;
    const bytes = Math.floor((lines * (part + 1)) / parts) * LINE_BYTES - from;
    // The sum is made where this thread's own gradients stand: to write where another thread does costs time.
    const gradient = this.memory.gradientVector(pack, part).address + from;
    for (let other = 0; other < parts; other++) {
      if (other === part) continue;
      this.addition({ gradient, other: this.memory.gradientVector(pack, other).address + from }, bytes);
    }
    const addresses: Record<string, number> = {
      gradient,
      weight: this.memory.packVector(pack).address + from,
    };
    for (const [role, slot] of Object.entries(slots)) {
      addresses[slotVector(role)] = this.memory.packVector(slot).address + from;
    }
    this.loopOf(update)(addresses, bytes, scalars);
  }

  private loopOf(update: Update): VectorLoop {
    const { kind, slots, constants } = update;
    const key = JSON.stringify([kind, Object.keys(slots), Object.entries(constants)]);
    const known = this.updates.get(key);
    if (known) return known;
    const loop = this.compile(nextContents(update));
    this.updates.set(key, loop);
    return loop;
  }

  private compile(stores: Readonly<Record<string, Expression>>, total?: Expression): VectorLoop {
    return compileLoop(this.memory.memory, { stores, total });
  }
}

const slotVector = (role: string) => `slot ${role}`;

/** What an update puts into each vector. */
function nextContents({ kind, slots, inputs, constants }: Update): Record<string, Expression> {
  const roles = Object.keys(slots);
  const given: UpdateInputs<Expression> = {
    weight: vector('weight'),
    gradient: vector('gradient'),
    learningRate: scalar('learningRate'),
    slot(role) {
      if (!roles.includes(role)) throw new Error(`An update by ${kind} has no slot ${role}`);
      return vector(slotVector(role));
    },
    counter(name) {
      if (!(name in inputs)) throw new Error(`An update by ${kind} has no counter ${name}`);
      return scalar(name);
    },
  };
  const result = optimizerOf(kind).update(expressionOps, given, constants);
  const contents = roles.map((role) => {
    const next = result.slots[role];
    if (!next) throw new Error(`An update by ${kind} leaves its slot ${role} as it is`);
    return [slotVector(role), withoutDenormals(next)] as const;
  });
  return { ...Object.fromEntries(contents), weight: result.weight };
}
