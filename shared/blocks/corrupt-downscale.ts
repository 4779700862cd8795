import { corruption } from './corruption';
import { choice, integer } from './parameter';
import { downscalingMixing, resampled } from './resampling';

const params = {
  factor: integer({
    label: 'Factor',
    help: 'How many pixels along each side become one.',
    min: 1,
    max: 64,
    default: 2,
  }),
  method: choice({
    label: 'Enlarging',
    help: 'How the small picture is brought back to its size: by repeating pixels, or by straight lines between them.',
    options: [
      { value: 'nearest', label: 'Nearest' },
      { value: 'bilinear', label: 'Bilinear' },
    ],
    default: 'nearest',
  }),
};

/** Makes a picture smaller, by the means of square patches, and as large as before again. */
export const corruptDownscale = corruption({
  type: 'corrupt-downscale',
  label: 'Coarse input',
  brief: 'Coarse',
  description: 'Takes fine detail from the pictures, which the network learns to bring back.',
  alsoCalled: ['super-resolution', 'superresolution', 'upscaling', 'low resolution', 'pixelate'],
  params,
  accepts: 'picture',
  describe: ({ factor }) => `÷ ${factor}`,
  lower: (ops, x, { params: { factor, method }, inputShape }) =>
    resampled(ops, x, inputShape, downscalingMixing(factor, method)),
});
