import { isPicture } from '../tensors/shape';
import type { BlockDefinition } from './block';
import { number, toggle } from './parameter';

const params = {
  rate: number({
    label: 'Rate',
    help: 'The share of values that are set to 0 in each training step; the others grow to make up for it.',
    min: 0,
    max: 0.99,
    step: 0.05,
    default: 0.2,
  }),
  wholeChannels: toggle({
    label: 'Whole channels',
    help: 'Drops all of a channel at once where pictures come in, as neighbouring pixels tell much the same.',
    default: false,
  }),
};

/**
 * Dropout (Srivastava et al. 2014), inverted: in training every value is dropped with probability `rate`, and kept
 * ones are divided by 1 − rate; otherwise values pass unchanged. With whole channels: Tompson et al. 2015.
 */
export const dropout: BlockDefinition<typeof params> = {
  type: 'dropout',
  role: 'layer',
  label: 'Dropout',
  mirrorLabel: null,
  description: 'Sets random values to 0 while training, so that no unit relies on one other.',
  alsoCalled: ['regularisation', 'regularization', 'SpatialDropout'],
  params,
  accepts: 'any',
  describe: ({ rate }) => `${rate}`,
  problems: () => [],
  regularises: ({ rate }) => rate > 0,
  outputShape: (_params, inputShape) => inputShape,
  encoder: {
    weights: () => [],
    lower(ops, x, { params: { rate, wholeChannels }, inputShape }) {
      if (!ops.training || rate === 0) return x;
      const perChannel = wholeChannels && isPicture(inputShape);
      const shape = perChannel ? [1, 1, inputShape[2]] : inputShape;
      const kept = ops.affine(ops.atLeast(ops.random('kept', shape, 'uniform'), rate), 1 / (1 - rate), 0);
      return ops.mul(x, perChannel ? ops.repeat(kept, inputShape) : kept);
    },
  },
  mirror: null,
};
