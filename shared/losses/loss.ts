import type { Activation } from '../blocks/layer-ops';
import type { Problem } from '../errors/problem';
import type { SampleValues } from '../measures/measure';
import type { Shape } from '../tensors/shape';

/** The operations a loss may be lowered to, value by value but for two. `V` is the compiler's own handle of a batch. */
export interface LossOps<V> {
  add(a: V, b: V): V;
  sub(a: V, b: V): V;
  mul(a: V, b: V): V;
  div(a: V, b: V): V;
  square(x: V): V;
  sqrt(x: V): V;
  abs(x: V): V;
  clip(x: V, min: number, max: number): V;
  constant(value: number): V;
  /** The sum of each sample's values: [batch]. */
  sumOfSample(x: V): V;
  /** The mean of each channel in every whole window of a picture, weighed as Wang et al. (2004) do: 10 less each way. */
  windowMeans(x: V): V;
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
  /** What is wrong with it at an output of this activation and shape; `nodeId` is the output end's. */
  problems(activation: Activation, nodeId: string, shape: Shape): readonly Problem[];
  /** What is wrong with it on data of this range. */
  dataProblems(range: readonly [min: number, max: number], nodeId: string): readonly Problem[];
  /** The loss of every value, or of whatever each sample is judged by; the mean is what training lowers. */
  lower<V>(ops: LossOps<V>, prediction: V, target: V): V;
  /** The same of one sample, for what is not computed by an engine. */
  of(prediction: SampleValues, target: SampleValues, shape: Shape): number;
}

/** The loss of a sample whose values are judged one by one: their mean. */
export function meanOver(of: (prediction: number, target: number) => number): LossDefinition['of'] {
  return (prediction, target) => {
    let sum = 0;
    for (let i = 0; i < target.length; i++) sum += of(prediction[i] ?? Number.NaN, target[i] ?? Number.NaN);
    return sum / target.length;
  };
}
