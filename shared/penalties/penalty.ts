import type { Problem } from '../errors/problem';

/** The operations a penalty may be lowered to, all value by value. `V` is the compiler's own handle. */
export interface PenaltyOps<V> {
  add(a: V, b: V): V;
  sub(a: V, b: V): V;
  mul(a: V, b: V): V;
  abs(x: V): V;
  log(x: V): V;
  clip(x: V, min: number, max: number): V;
  constant(value: number): V;
}

/**
 * One way of charging for what the units of a block give out. A new penalty is one file that exports this, and one line
 * in `catalogue.ts`; the inspector, the document schema, validation and the compiler follow from it.
 */
export interface PenaltyDefinition<T extends string = string> {
  readonly type: T;
  readonly label: string;
  /**
   * What is charged for: every value, so that a sample costs what its values do; or the mean activity of each unit over
   * the whole batch (of each channel, over all positions too), so that the batch can't be taken apart.
   */
  readonly of: 'values' | 'means';
  /** Whether it draws units to a target activity. */
  readonly hasTarget: boolean;
  /** What is wrong with it at units of this activation; `nodeId` is the block's. */
  problems(activation: string, nodeId: string): readonly Problem[];
  /** What one value, or one unit's mean, costs; the sum over units is added to the loss, times the weight. */
  lower<V>(ops: PenaltyOps<V>, activity: V, target: number): V;
}
