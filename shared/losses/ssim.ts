import { problem } from '../errors/catalogue';
import { ssim as measure, SSIM_CONSTANTS } from '../measures/ssim';
import { formatShape } from '../tensors/shape';
import type { LossDefinition } from './loss';

/** The largest difference there may be between two values: pictures are in 0–1. */
const PEAK = 1;

/**
 * 1 − SSIM (Wang, Bovik, Sheikh & Simoncelli 2004), by Gaussian windows of 11 × 11 with σ = 1.5 and for values in 0–1, as
 * `tf.image.ssim`: of each window and channel, 1 − (2·μp·μt + c₁)(2·σpt + c₂) / ((μp² + μt² + c₁)(σp² + σt² + c₂)).
 */
export const ssim: LossDefinition<'ssim'> = {
  type: 'ssim',
  label: 'Structural dissimilarity (SSIM)',
  brief: 'SSIM',
  help: 'Judges pictures by local brightness, contrast and structure: for pictures in 0–1 that should look right.',
  activation: null,
  problems(_, nodeId, shape) {
    if (measure.appliesTo(shape)) return [];
    return [problem('SSIM_NEEDS_PICTURE', { shape: formatShape(shape) }, { nodeId, param: 'loss' })];
  },
  dataProblems: () => [],
  lower(ops, prediction, target) {
    const [c1, c2] = SSIM_CONSTANTS.map((constant) => ops.constant(constant * PEAK ** 2));
    if (c1 === undefined || c2 === undefined) throw new Error('SSIM has two constants.');
    const two = ops.constant(2);
    const [p, t] = [ops.windowMeans(prediction), ops.windowMeans(target)];
    const products = ops.mul(p, t);
    const squares = ops.add(ops.square(p), ops.square(t));
    const covariance = ops.sub(ops.windowMeans(ops.mul(prediction, target)), products);
    const both = ops.add(ops.square(prediction), ops.square(target));
    const variances = ops.sub(ops.windowMeans(both), squares);
    const above = ops.mul(ops.add(ops.mul(two, products), c1), ops.add(ops.mul(two, covariance), c2));
    const below = ops.mul(ops.add(squares, c1), ops.add(variances, c2));
    return ops.sub(ops.constant(1), ops.div(above, below));
  },
  of: (prediction, target, shape) => 1 - measure.of(prediction, target, shape, PEAK),
};
