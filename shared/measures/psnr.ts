import type { MeasureDefinition } from './measure';
import { meanSquaredError } from './mse';

/** A sample that comes back exactly would have an infinite ratio, which no mean survives: it counts as this, in dB. */
const HIGHEST = 100;

/** The peak signal-to-noise ratio, 10·log₁₀(peak² / MSE), of each sample; means are of these, as in TensorFlow. */
export const psnr: MeasureDefinition<'psnr'> = {
  type: 'psnr',
  label: 'Peak signal-to-noise ratio',
  brief: 'PSNR',
  unit: 'dB',
  better: 'higher',
  help: 'The error against the full range of values, on a logarithmic scale: 10 dB more is a tenth of the squared error.',
  appliesTo: () => true,
  of(prediction, target, _shape, peak) {
    const error = meanSquaredError(prediction, target);
    return Math.min(HIGHEST, 10 * Math.log10(peak ** 2 / error));
  },
};
