import { PROBABILITY_MARGIN } from '../../shared/losses/bce';
import { type Loss, lossOf } from '../../shared/losses/catalogue';
import type { LossOps } from '../../shared/losses/loss';
import type { WeightedLoss } from '../../shared/losses/loss-sum';
import { SSIM_WINDOW } from '../../shared/measures/ssim';
import type { Value } from '../ops/program';
import { allAxes } from '../ops/shape-rules';
import { arithmetic } from './arithmetic';
import type { ProgramBuilder } from './program-builder';

/** The squared error of every value. */
export function squaredErrors(build: ProgramBuilder, prediction: Value, target: Value): Value {
  return elementLosses(build, 'mse', prediction, target);
}

/**
 * The terms of a batch's weighted sum of losses, in its order: each loss' mean, as they differ in shape, times its weight.
 *
 * @param mean of every value, or of each sample's
 */
export function weightedLosses(
  build: ProgramBuilder,
  sum: readonly WeightedLoss[],
  prediction: Value,
  target: Value,
  mean: (losses: Value) => Value,
): readonly Value[] {
  return sum.map(({ loss, weight }) => {
    const value = mean(elementLosses(build, loss, prediction, target));
    return weight === 1 ? value : build.add('mul', [value, build.constant(weight)]);
  });
}

/** The losses of a batch, of every value or of whatever its samples are judged by: their mean is what training lessens. */
function elementLosses(build: ProgramBuilder, loss: Loss, prediction: Value, target: Value): Value {
  return lossOf(loss).lower(lossOps(build), prediction, target);
}

function lossOps(build: ProgramBuilder): LossOps<Value> {
  return {
    ...arithmetic(build),
    sumOfSample: (x) => build.add('reduceSum', [x], { axes: allAxes(x.shape.length).slice(1) }),
    windowMeans: (x) => windowMeans(build, x),
    crossEntropy: (prediction, target) => crossEntropies(build, prediction, target),
  };
}

/** Down the columns, then along the rows; each channel by itself. */
function windowMeans(build: ProgramBuilder, x: Value): Value {
  const channels = x.shape.at(-1) ?? 1;
  const kernel = SSIM_WINDOW.flatMap((weight) =>
    Array.from({ length: channels ** 2 }, (_, i) => (i % (channels + 1) === 0 ? weight : 0)),
  );
  const length = SSIM_WINDOW.length;
  return [
    [length, 1],
    [1, length],
  ].reduce((means, size) => {
    const weights = build.constant(kernel, [...size, channels, channels]);
    return build.add('conv2d', [means, weights], { stride: 1, pads: [0, 0, 0, 0] });
  }, x);
}

/** −t·log p − (1 − t)·log(1 − p), from logits where p is a sigmoid's output. */
function crossEntropies(build: ProgramBuilder, prediction: Value, target: Value): Value {
  const logits = logitsOf(build, prediction);
  if (logits) return build.add('sigmoidCrossEntropy', [logits, target]);
  const one = build.constant(1);
  const bounds = { min: PROBABILITY_MARGIN, max: 1 - PROBABILITY_MARGIN };
  const p = build.add('clip', [prediction], bounds);
  const positive = build.add('mul', [target, build.add('log', [p])]);
  const absence = build.add('sub', [one, target]);
  const negative = build.add('mul', [absence, build.add('log', [build.add('sub', [one, p])])]);
  return build.add('mul', [build.add('add', [positive, negative]), build.constant(-1)]);
}

/** Ops that only move values about, so that they may as well move the logits. */
const REARRANGING = new Set(['reshape', 'slice', 'upsampleNearest2d', 'concat']);

/** What the sigmoid behind a prediction was taken of, rearranged like the prediction; null where there is none. */
function logitsOf(build: ProgramBuilder, prediction: Value): Value | null {
  const node = build.producer(prediction);
  if (node?.op === 'sigmoid') return node.inputs[0] ?? null;
  if (!node || !REARRANGING.has(node.op)) return null;
  const inputs: Value[] = [];
  for (const input of node.inputs) {
    const logits = logitsOf(build, input);
    if (!logits) return null;
    inputs.push(logits);
  }
  return build.inLayer(node.layer, () => build.add(node.op, inputs, node.attributes));
}
