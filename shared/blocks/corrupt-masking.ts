import { corruption } from './corruption';
import { number } from './parameter';

const params = {
  share: number({
    label: 'Share',
    help: 'The share of values that are set to 0.',
    min: 0,
    max: 1,
    step: 0.05,
    default: 0.3,
  }),
};

/** Sets random values of a sample to 0 (masking noise, Vincent et al. 2010). */
export const corruptMasking = corruption({
  type: 'corrupt-masking',
  label: 'Masked input',
  brief: 'Masked',
  description: 'Sets random values of the samples to 0, which the network learns to fill in.',
  alsoCalled: ['denoising', 'missing values', 'erase', 'inpainting'],
  params,
  accepts: 'any',
  describe: ({ share }) => `${share}`,
  lower: (ops, x, { params: { share }, inputShape }) =>
    ops.mul(x, ops.atLeast(ops.random('kept', inputShape, 'uniform'), share)),
  covers: (ops, { params: { share }, inputShape }) =>
    ops.affine(ops.atLeast(ops.random('kept', inputShape, 'uniform'), share), -1, 1),
});
