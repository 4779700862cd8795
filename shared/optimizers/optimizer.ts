import type { ParameterEntries, ParameterValue, ParameterValues } from '../blocks/parameter';

/**
 * The arithmetic an update may be made of, element by element; where one operand is a single number it counts for every
 * element of the other. `V` is the executor's own handle.
 */
export interface UpdateOps<V> {
  add(a: V, b: V): V;
  sub(a: V, b: V): V;
  mul(a: V, b: V): V;
  div(a: V, b: V): V;
  maximum(a: V, b: V): V;
  sqrt(x: V): V;
  abs(x: V): V;
  /** The same number for every element. */
  number(value: number): V;
}

/** The arithmetic that counting is made of. */
export type CounterOps<V> = Pick<UpdateOps<V>, 'add' | 'sub' | 'mul' | 'div' | 'number'>;

/** What an optimizer keeps for every weight. */
interface Slot {
  readonly role: string;
  /** What it holds before the first step. */
  readonly start: number;
}

/** A number that an optimizer keeps from step to step, for all weights together. */
interface Counter {
  readonly name: string;
  /** What the first step finds. */
  readonly start: number;
  /** What the step after finds; `counter` gives what this one does. */
  next<V>(ops: CounterOps<V>, counter: (name: string) => V): V;
}

/** What an update reads, all of it as it was before the step. */
export interface UpdateInputs<V> {
  readonly weight: V;
  readonly gradient: V;
  /** A single number above 0, as the schedule has it for this step. */
  readonly learningRate: V;
  slot(role: string): V;
  counter(name: string): V;
}

/** What an update leaves behind: the new weight, and the new contents of every slot by role. */
interface UpdateResult<V> {
  readonly weight: V;
  readonly slots: Readonly<Record<string, V | undefined>>;
}

/**
 * One kind of optimizer. A new one is one file that exports this, and one line in `catalogue.ts`; the inspector, the
 * document schema, validation, the compiler and both executors follow from it.
 */
export interface OptimizerDefinition<P extends ParameterEntries = ParameterEntries> {
  readonly type: string;
  readonly label: string;
  /** One sentence: how it follows the gradients, or when to choose it. */
  readonly help: string;
  readonly params: P;
  /** Parameters that are not their defaults when it is chosen in the window. */
  readonly chosen?: Readonly<Record<string, ParameterValue>>;
  slots(params: ParameterValues<P>): readonly Slot[];
  counters(params: ParameterValues<P>): readonly Counter[];
  update<V>(ops: UpdateOps<V>, inputs: UpdateInputs<V>, params: ParameterValues<P>): UpdateResult<V>;
}
