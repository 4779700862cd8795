import { corruption } from './corruption';
import { number } from './parameter';
import { gaussianMixing, resampled } from './resampling';

const params = {
  deviation: number({
    label: 'Radius',
    help: 'The standard deviation of the Gaussian that each pixel is spread over.',
    unit: 'px',
    min: 0.1,
    max: 50,
    step: 0.1,
    default: 1,
  }),
};

/** Blurs a picture with a Gaussian; at the edges the part of it that lies inside counts whole. */
export const corruptBlur = corruption({
  type: 'corrupt-blur',
  label: 'Blurred input',
  brief: 'Blurred',
  description: 'Blurs the pictures, which the network learns to sharpen.',
  alsoCalled: ['deblurring', 'Gaussian blur', 'sharpen', 'defocus'],
  params,
  accepts: 'picture',
  describe: ({ deviation }) => `σ ${deviation} px`,
  lower: (ops, x, { params: { deviation }, inputShape }) =>
    resampled(ops, x, inputShape, gaussianMixing(deviation)),
});
