import type { BlockDefinition } from './block';
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
export const corruptBlur: BlockDefinition<typeof params> = {
  type: 'corrupt-blur',
  role: 'layer',
  corrupts: true,
  label: 'Blurred input',
  mirrorLabel: null,
  brief: { label: 'Blurred', mirrorLabel: null },
  description: 'Blurs the pictures, which the network learns to sharpen.',
  params,
  accepts: 'picture',
  describe: ({ deviation }) => `σ ${deviation} px`,
  problems: () => [],
  outputShape: (_params, inputShape) => inputShape,
  encoder: {
    weights: () => [],
    lower: (ops, x, { params: { deviation }, inputShape }) =>
      resampled(ops, x, inputShape, gaussianMixing(deviation)),
  },
  mirror: null,
};
