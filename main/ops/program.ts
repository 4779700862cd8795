import type { Distribution } from '../../shared/blocks/layer-ops';
import type { ParameterValue } from '../../shared/blocks/parameter';
import type { Attributes } from './op';

export type DType = 'float32' | 'int32' | 'uint8';

/** A value of a Program, in single assignment. Shapes are whole and static, the batch axis first. */
export interface Value {
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** One operation. `op` names a file of `main/ops`. */
export interface ProgramNode {
  readonly op: string;
  readonly inputs: readonly Value[];
  readonly attributes: Attributes;
  readonly output: Value;
  /** The plan layer it belongs to, so that a fault can be shown on its block. */
  readonly layer: string | null;
}

/**
 * A tensor that outlives a step: weights, moments, beta products. Named `conv-1/kernel`, `conv-1/kernel:m`,
 * `optimizer/beta1Power`. Layout on disk and between executors is the plan's: channels last, HWIO.
 */
export interface StateSpec {
  readonly name: string;
  readonly shape: readonly number[];
}

/**
 * New contents for a state tensor, made after the guard has passed. Everything an update reads (its `inputs`,
 * its own state and slots) is as it was before any update of this run: the order of updates does not matter.
 * All inputs are float32; scalars are values of shape [], `gradient` and `value` have the state's shape.
 *
 * - `assign`. Input `value`; no slots, no constants: it becomes the contents.
 * - The type of an optimizer (`shared/optimizers`, whose files hold the formulas). Inputs `gradient`, `learningRate` and
 *   the optimizer's counters by name, as they are for *this* step: the executor does not count them on; an `assign` of
 *   the same program stores those of the next step. Slots by role; the constants are the optimizer's parameters.
 */
export interface Update {
  readonly kind: string;
  /** The state tensor changed. */
  readonly state: string;
  /** The state tensors that change with it, by role; all have its shape. */
  readonly slots: Readonly<Record<string, string>>;
  readonly inputs: Readonly<Record<string, Value>>;
  readonly constants: Readonly<Record<string, ParameterValue>>;
}

/** Random numbers that a Program asks for under a name (`noise-1/noise`), which no feed has. */
export interface Draw {
  readonly name: string;
  readonly distribution: Distribution;
  readonly value: Value;
}

/**
 * What an executor runs in one native call: ops in single assignment, ordered so that every input comes before
 * its use. With updates it is a training step; without, an evaluation.
 */
export interface Program {
  readonly name: string;
  /** Values given at each run. */
  readonly feeds: readonly { readonly name: string; readonly value: Value }[];
  /** Random numbers (float32), by the sites they are drawn at: others at each run, by the run's `DrawKey`. */
  readonly draws: readonly Draw[];
  /** State tensors read, as values. */
  readonly reads: readonly { readonly state: string; readonly value: Value }[];
  /** The resident data set, where the program takes rows from it (op `takeRows`). */
  readonly data: { readonly name: string; readonly value: Value } | null;
  readonly nodes: readonly ProgramNode[];
  /** Values handed back from each run. */
  readonly outputs: readonly { readonly name: string; readonly value: Value }[];
  /** All must be finite, or no update happens and the run reports it. Empty without updates. */
  readonly guard: readonly Value[];
  readonly updates: readonly Update[];
  /**
   * The same for the parts of a batch, each a Program with the same names, state and updates: an executor may run
   * them all at once in its place. A feed, draw or output that is longer in the whole is divided among the parts, in
   * their order, along its first axis; every other feed goes to all of them. The whole's other outputs and its gradients are
   * the sums of theirs.
   */
  readonly parts?: readonly Program[];
}

/** All the programs of one model; they share the state. */
export interface ProgramSet {
  readonly state: readonly StateSpec[];
  readonly programs: readonly Program[];
}
