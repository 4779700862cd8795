import type { Activation } from '../blocks/layer-ops';
import type { Problem } from '../errors/problem';

/** The operations a loss may be lowered to, all value by value. `V` is the compiler's own handle of a batch of values. */
export interface LossOps<V> {
  sub(a: V, b: V): V;
  mul(a: V, b: V): V;
  square(x: V): V;
  abs(x: V): V;
  clip(x: V, min: number, max: number): V;
  constant(value: number): V;
  /**
   * −t·log p − (1 − t)·log(1 − p); from the logits where the prediction is a sigmoid's output, else with p held 1e-7
   * away from 0 and 1.
   */
  crossEntropy(prediction: V, target: V): V;
}

/**
 * One kind of loss. A new loss is one file that exports this, and one line in `catalogue.ts`; the inspector, the document
 * schema, validation, the compiler and the error of PCA follow from it.
 */
export interface LossDefinition<T extends string = string> {
  readonly type: T;
  readonly label: string;
  /** For the face of the output block: `MSE`. */
  readonly brief: string;
  /** One sentence: when to choose it. */
  readonly help: string;
  /** The output activation it comes with when it is chosen among the four hyperparameters; null where any will do. */
  readonly activation: Activation | null;
  /** What is wrong with it at an output of this activation; `nodeId` is the output end's. */
  problems(activation: Activation, nodeId: string): readonly Problem[];
  /** What is wrong with it on data of this range. */
  dataProblems(range: readonly [min: number, max: number], nodeId: string): readonly Problem[];
  /** The loss of every value; its mean is what training lowers. */
  lower<V>(ops: LossOps<V>, prediction: V, target: V): V;
  /** The same of one value, for what is not computed by an engine. */
  of(prediction: number, target: number): number;
}
