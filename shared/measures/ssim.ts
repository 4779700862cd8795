import { isPicture } from '../tensors/shape';
import type { MeasureDefinition, SampleValues } from './measure';

/** Wang et al.'s window: 11×11, Gaussian with σ = 1.5. */
const WINDOW = 11;
const SIGMA = 1.5;
/** (0.01)² and (0.03)², to be multiplied by the square of the largest difference: they keep from dividing by zero. */
export const SSIM_CONSTANTS = [0.01 ** 2, 0.03 ** 2] as const;

const weights = gaussian();

/** The window along one axis: 11 numbers whose sum is 1. */
export const SSIM_WINDOW: readonly number[] = [...weights];

/**
 * The structural similarity (Wang, Bovik, Sheikh & Simoncelli 2004): the mean over all whole windows and channels of
 * (2·μp·μt + c₁)(2·σpt + c₂) / ((μp² + μt² + c₁)(σp² + σt² + c₂)), as `tf.image.ssim` computes it. 1 is identity.
 */
export const ssim: MeasureDefinition<'ssim'> = {
  type: 'ssim',
  label: 'Structural similarity',
  brief: 'SSIM',
  unit: '',
  better: 'higher',
  help: 'How alike two pictures look, from their local brightness, contrast and structure; 1 is the same picture.',
  appliesTo: (shape) => isPicture(shape) && shape[0] >= WINDOW && shape[1] >= WINDOW,
  of(prediction, target, shape, peak) {
    const [height = 0, width = 0, channels = 1] = shape;
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) {
      const p = channelOf(prediction, channel, channels);
      const t = channelOf(target, channel, channels);
      sum += similarity(p, t, height, width, peak);
    }
    return sum / channels;
  },
};

function similarity(p: Float64Array, t: Float64Array, height: number, width: number, peak: number): number {
  const [c1, c2] = [SSIM_CONSTANTS[0] * peak ** 2, SSIM_CONSTANTS[1] * peak ** 2];
  const product = (a: Float64Array, b: Float64Array) => a.map((value, i) => value * (b[i] ?? 0));
  const mean = (x: Float64Array) => windowed(x, height, width);
  const [mp, mt, mpp, mtt, mpt] = [
    mean(p),
    mean(t),
    mean(product(p, p)),
    mean(product(t, t)),
    mean(product(p, t)),
  ];
  let sum = 0;
  for (let i = 0; i < mp.length; i++) {
    const [a, b] = [mp[i] ?? 0, mt[i] ?? 0];
    const [pp, tt, pt] = [(mpp[i] ?? 0) - a * a, (mtt[i] ?? 0) - b * b, (mpt[i] ?? 0) - a * b];
    sum += ((2 * a * b + c1) * (2 * pt + c2)) / ((a * a + b * b + c1) * (pp + tt + c2));
  }
  return sum / mp.length;
}

/** The weighted mean of every whole window: along the rows, then down the columns. */
function windowed(x: Float64Array, height: number, width: number): Float64Array {
  const across = width - WINDOW + 1;
  const down = height - WINDOW + 1;
  const rows = new Float64Array(height * across);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < across; column++) {
      let sum = 0;
      for (let k = 0; k < WINDOW; k++) sum += (weights[k] ?? 0) * (x[row * width + column + k] ?? 0);
      rows[row * across + column] = sum;
    }
  }
  const means = new Float64Array(down * across);
  for (let row = 0; row < down; row++) {
    for (let column = 0; column < across; column++) {
      let sum = 0;
      for (let k = 0; k < WINDOW; k++) sum += (weights[k] ?? 0) * (rows[(row + k) * across + column] ?? 0);
      means[row * across + column] = sum;
    }
  }
  return means;
}

function channelOf(values: SampleValues, channel: number, channels: number): Float64Array {
  return Float64Array.from(
    { length: values.length / channels },
    (_, i) => values[i * channels + channel] ?? 0,
  );
}

function gaussian(): Float64Array {
  const raw = Float64Array.from({ length: WINDOW }, (_, i) =>
    Math.exp(-((i - (WINDOW - 1) / 2) ** 2) / (2 * SIGMA ** 2)),
  );
  const total = raw.reduce((sum, value) => sum + value, 0);
  return raw.map((value) => value / total);
}
