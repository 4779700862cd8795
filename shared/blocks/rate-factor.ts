import type { Layer } from '../plan/plan';
import { number } from './parameter';

/** Of every block with weights: how large its steps are beside those of the others. */
export const learningRateFactor = number({
  label: 'Rate factor',
  help: 'Multiplies the learning rate for the weights of this block alone: below 1, they change more slowly.',
  min: 0.000_001,
  max: 100,
  step: 0.1,
  default: 1,
  structural: false,
  extra: 'Training',
});

/** By how much the learning rate of a layer's own weights is multiplied; 1 where nothing is set. */
export function rateFactorOf({ params }: Pick<Layer, 'params'>): number {
  return Number(params.learningRateFactor ?? 1);
}
