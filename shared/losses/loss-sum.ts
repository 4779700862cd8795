import type { Activation } from '../blocks/layer-ops';
import type { SampleValues } from '../measures/measure';
import type { Shape } from '../tensors/shape';
import { type Loss, lossOf } from './catalogue';

/** A loss and what it counts for (above 0). */
export interface WeightedLoss {
  readonly loss: Loss;
  readonly weight: number;
}

/** What comes out, and what training lowers: a loss, or the weighted sum of it and the added ones. */
export interface OutputSettings {
  readonly activation: Activation;
  readonly loss: Loss;
  /** What `loss` counts for, above 0; absent: 1. */
  readonly lossWeight?: number | undefined;
  /** Losses added to it, each of another kind; absent: none. */
  readonly addedLosses?: readonly WeightedLoss[] | undefined;
}

/** Every loss of the sum with its weight, the first one first. */
export function lossSum({ loss, lossWeight = 1, addedLosses = [] }: OutputSettings): readonly WeightedLoss[] {
  return [{ loss, weight: lossWeight }, ...addedLosses];
}

/** The weighted sum of one sample's losses, for what is not computed by an engine. */
export function lossSumOf(
  sum: readonly WeightedLoss[],
  prediction: SampleValues,
  target: SampleValues,
  shape: Shape,
): number {
  return sum.reduce((all, { loss, weight }) => all + weight * lossOf(loss).of(prediction, target, shape), 0);
}

/** As the face of the output end tells it: `MSE`, or `0.8 MSE + 0.2 SSIM`. */
export function briefLossSum(output: OutputSettings): string {
  return lossSum(output)
    .map(({ loss, weight }) => (weight === 1 ? lossOf(loss).brief : `${weight} ${lossOf(loss).brief}`))
    .join(' + ');
}
