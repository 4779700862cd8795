import { valueCount } from '../../shared/tensors/shape';
import type { ForeignBatchNorm, ForeignConvolution, ForeignDense } from './foreign-layer';
import { refused } from './refusal';

type Weighted = ForeignDense | ForeignConvolution;

/** A layer that gives what the normalisation behind it gives (Jacob et al. 2018, §3.2), with the running mean and variance. */
export function foldedAfter<T extends Weighted>(layer: T, norm: ForeignBatchNorm): T {
  const { scale, shift } = affineOf(norm);
  const channels = scale.length;
  const units = layer.kind === 'dense' ? valueCount(layer.outputShape) : (layer.outputShape.at(-1) ?? 1);
  if (units % channels !== 0) throw refused(norm, `it normalises ${channels} channels of ${units}`);
  const kernel = layer.kernel.map(
    (weight, index) => weight * (scale[unitOf(layer, index, units) % channels] ?? 1),
  );
  const bias = new Float32Array(units).map((_, unit) => {
    return (layer.bias?.[unit] ?? 0) * (scale[unit % channels] ?? 1) + (shift[unit % channels] ?? 0);
  });
  return { ...layer, kernel, bias };
}

/**
 * A layer that takes what the normalisation before it takes.
 *
 * @throws ProblemError where it is no dense layer: at the border of a convolution, other weights would count
 */
export function foldedBefore<T extends Weighted>(layer: T, norm: ForeignBatchNorm): T {
  const { scale, shift } = affineOf(norm);
  const channels = scale.length;
  if (layer.kind !== 'dense' || valueCount(layer.inputShape) % channels !== 0) {
    throw refused(norm, `in the decoder, it can’t be folded into ${layer.name} (${layer.type}) behind it`);
  }
  const units = valueCount(layer.outputShape);
  const bias = new Float64Array(units);
  if (layer.bias) bias.set(layer.bias);
  const kernel = layer.kernel.map((weight, index) => {
    const channel = Math.floor(index / units) % channels;
    const unit = index % units;
    bias[unit] = (bias[unit] ?? 0) + weight * (shift[channel] ?? 0);
    return weight * (scale[channel] ?? 1);
  });
  return { ...layer, kernel, bias: Float32Array.from(bias) };
}

/** y = scale · x + shift, in double precision. */
function affineOf({ gamma, beta, mean, variance, epsilon }: ForeignBatchNorm) {
  const scale = Float64Array.from(
    gamma,
    (factor, channel) => factor / Math.sqrt((variance[channel] ?? 0) + epsilon),
  );
  const shift = Float64Array.from(
    beta,
    (offset, channel) => offset - (mean[channel] ?? 0) * (scale[channel] ?? 1),
  );
  return { scale, shift };
}

/** The unit, or the channel that goes out, to which a weight of the kernel belongs. */
function unitOf(layer: Weighted, index: number, units: number): number {
  if (layer.kind !== 'conv-transpose') return index % units;
  const channels = layer.inputShape.at(-1) ?? 1;
  const inGroup = units / layer.groups;
  const group = Math.floor((index % channels) / (channels / layer.groups));
  return group * inGroup + (Math.floor(index / channels) % inGroup);
}
