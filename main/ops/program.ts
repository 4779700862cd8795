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

/** New contents for a state tensor, made by the optimizer after the guard has passed. */
export interface Update {
  readonly kind: 'adam' | 'sgd' | 'rmsprop' | 'assign';
  /** The state tensor changed, and the slots changed with it, by role (`m`, `v`, `velocity`, …). */
  readonly state: string;
  readonly slots: Readonly<Record<string, string>>;
  /** `gradient`, `learningRate`, or for `assign` the new `value`; scalars are values of shape []. */
  readonly inputs: Readonly<Record<string, Value>>;
  readonly constants: Readonly<Record<string, number>>;
}

/**
 * What an executor runs in one native call: ops in single assignment, ordered so that every input comes before
 * its use. With updates it is a training step; without, an evaluation.
 */
export interface Program {
  readonly name: string;
  /** Values given at each run. */
  readonly feeds: readonly { readonly name: string; readonly value: Value }[];
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
}

/** All the programs of one model; they share the state. */
export interface ProgramSet {
  readonly state: readonly StateSpec[];
  readonly programs: readonly Program[];
}
