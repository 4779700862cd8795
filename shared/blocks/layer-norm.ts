import type { BlockDefinition } from './block';
import { freezing } from './freezing';
import { epsilon, scaleAndShift } from './normalisation';

const params = { epsilon, ...freezing };

/**
 * Layer normalisation (Ba, Kiros & Hinton 2016) over the channels of every place, as Keras' over its last axis: less their
 * mean, divided by √(variance + ε), the variance biased; then a trainable scale and shift of each channel.
 */
export const layerNorm: BlockDefinition<typeof params> = {
  type: 'layer-norm',
  role: 'layer',
  label: 'Layer normalisation',
  mirrorLabel: null,
  brief: { label: 'LayNorm', mirrorLabel: null },
  description: 'Brings the channels of every place to mean 0 and variance 1, each sample by itself.',
  alsoCalled: ['LN', 'layer normalization', 'LayerNormalization'],
  params,
  accepts: 'any',
  describe: () => '',
  problems: () => [],
  outputShape: (_params, inputShape) => inputShape,
  encoder: {
    weights: ({ inputShape }) => scaleAndShift(inputShape),
    lower(ops, x, { params }) {
      const centred = ops.add(x, ops.affine(ops.placeMeans(x), -1, 0));
      const variance = ops.placeMeans(ops.mul(centred, centred));
      const normal = ops.mul(centred, ops.inverseRoot(ops.affine(variance, 1, params.epsilon)));
      return ops.biasAdd(ops.scaleChannels(normal, ops.weight('gamma')), ops.weight('beta'));
    },
  },
  mirror: null,
};
