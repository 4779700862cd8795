import { corruption } from './corruption';
import { number, toggle } from './parameter';

const params = {
  deviation: number({
    label: 'Deviation',
    help: 'The standard deviation of the noise, in the data’s 0–1 scale.',
    unit: 'σ',
    min: 0,
    max: 10,
    step: 0.05,
    default: 0.3,
  }),
  clip: toggle({
    label: 'Clip to 0–1',
    help: 'Holds the noisy values between 0 and 1, as a picture’s are. Turn it off for standardised data.',
    default: true,
  }),
};

/** Adds normally distributed noise to every value of a sample (Vincent et al. 2010). */
export const corruptNoise = corruption({
  type: 'corrupt-noise',
  label: 'Noisy input',
  brief: 'Noisy',
  description: 'Adds Gaussian noise to the samples, which the network learns to remove.',
  alsoCalled: ['denoising', 'Gaussian', 'grain'],
  params,
  accepts: 'any',
  describe: ({ deviation }) => `σ ${deviation}`,
  lower(ops, x, { params: { deviation, clip }, inputShape }) {
    const noisy = ops.add(x, ops.affine(ops.random('noise', inputShape, 'normal'), deviation, 0));
    return clip ? ops.clip(noisy, 0, 1) : noisy;
  },
});
