import type { Shape } from '../tensors/shape';
import type { WeightSpec } from './layer-ops';
import { number } from './parameter';

export const epsilon = number({
  label: 'ε',
  help: 'Added to the variance before dividing by its root, so that even channels do not blow up.',
  min: 1e-12,
  max: 1,
  step: 0.001,
  default: 1e-3,
});

/** A number for each channel. */
export function ofChannels(
  shape: Shape,
  name: string,
  initializer: 'zeros' | 'ones',
): Omit<WeightSpec, 'trainable'> {
  const channels = shape.at(-1) ?? 1;
  return { name, shape: [channels], initializer, fanIn: channels, fanOut: channels };
}

/** What a normalised channel is multiplied by, and what is added to it. */
export function scaleAndShift(shape: Shape): readonly WeightSpec[] {
  return [ofChannels(shape, 'gamma', 'ones'), ofChannels(shape, 'beta', 'zeros')];
}
