import type { BlockDefinition } from './block';
import { freezing } from './freezing';
import { epsilon, ofChannels, scaleAndShift } from './normalisation';
import { number } from './parameter';

const params = {
  momentum: number({
    label: 'Momentum',
    help: 'How much of the running mean and variance each training step keeps.',
    min: 0,
    max: 0.9999,
    step: 0.01,
    default: 0.99,
  }),
  epsilon,
  ...freezing,
};

const [MEAN, VARIANCE] = ['moving-mean', 'moving-variance'];

/**
 * Batch normalisation (Ioffe & Szegedy 2015) of every channel over the whole batch and all places, as Keras': in training
 * less the batch's mean, divided by √(variance + ε), the variance biased; otherwise by the running mean and variance, which
 * training steps move towards the batch's. Then a trainable scale and shift of each channel. Frozen, it uses
 * the running ones in training too, and leaves them as they are.
 */
export const batchNorm: BlockDefinition<typeof params> = {
  type: 'batch-norm',
  role: 'layer',
  label: 'Batch normalisation',
  mirrorLabel: null,
  brief: { label: 'BatNorm', mirrorLabel: null },
  description:
    'Brings every channel to mean 0 and variance 1 over the batch, which lets deep stacks learn faster.',
  alsoCalled: ['BN', 'batch normalization', 'BatchNormalization'],
  params,
  accepts: 'any',
  describe: ({ momentum }) => `${momentum}`,
  problems: () => [],
  outputShape: (_params, inputShape) => inputShape,
  encoder: {
    weights: ({ inputShape }) => [
      ...scaleAndShift(inputShape),
      { ...ofChannels(inputShape, MEAN, 'zeros'), trainable: false },
      { ...ofChannels(inputShape, VARIANCE, 'ones'), trainable: false },
    ],
    lower(ops, x, { params: { momentum, epsilon, frozen } }) {
      const [movingMean, movingVariance] = [ops.weight(MEAN), ops.weight(VARIANCE)];
      const scaled = (centred: typeof x, variance: typeof x) => {
        const factors = ops.mul(ops.weight('gamma'), ops.inverseRoot(ops.affine(variance, 1, epsilon)));
        return ops.biasAdd(ops.scaleChannels(centred, factors), ops.weight('beta'));
      };
      if (!ops.training || frozen)
        return scaled(ops.biasAdd(x, ops.affine(movingMean, -1, 0)), movingVariance);
      const mean = ops.channelMeans(x);
      const centred = ops.biasAdd(x, ops.affine(mean, -1, 0));
      const variance = ops.channelMeans(ops.mul(centred, centred));
      const moved = (from: typeof x, to: typeof x) =>
        ops.add(ops.affine(from, momentum, 0), ops.affine(to, 1 - momentum, 0));
      ops.assign(MEAN, moved(movingMean, mean));
      ops.assign(VARIANCE, moved(movingVariance, variance));
      return scaled(centred, variance);
    },
  },
  mirror: null,
};
