import type { BlockDefinition } from './block';
import { number } from './parameter';

const params = {
  deviation: number({
    label: 'Deviation',
    help: 'The standard deviation of the noise that is added to every value in each training step.',
    unit: 'σ',
    min: 0,
    max: 100,
    step: 0.05,
    default: 0.1,
  }),
};

/** Adds normally distributed noise while training; otherwise values pass unchanged. */
export const gaussianNoise: BlockDefinition<typeof params> = {
  type: 'gaussian-noise',
  role: 'layer',
  label: 'Gaussian noise',
  mirrorLabel: null,
  brief: { label: 'Noise', mirrorLabel: null },
  description:
    'Adds random noise to values while training, so that what follows does not rely on small differences.',
  alsoCalled: ['GaussianNoise', 'jitter', 'regularisation', 'regularization'],
  params,
  accepts: 'any',
  describe: ({ deviation }) => `σ ${deviation}`,
  problems: () => [],
  regularises: ({ deviation }) => deviation > 0,
  outputShape: (_params, inputShape) => inputShape,
  encoder: {
    weights: () => [],
    lower(ops, x, { params: { deviation }, inputShape }) {
      if (!ops.training || deviation === 0) return x;
      return ops.add(x, ops.affine(ops.random('noise', inputShape, 'normal'), deviation, 0));
    },
  },
  mirror: null,
};
