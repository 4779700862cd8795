import type { Layer } from '../plan/plan';
import { toggle } from './parameter';
import { learningRateFactor } from './rate-factor';

/** Of every block with weights, and of its twin whatever its block has: whether they learn, and how fast. */
export const freezing = {
  frozen: toggle({
    label: 'Frozen',
    help: 'Whether training leaves the weights as they are: only the other layers learn.',
    default: false,
    structural: false,
    extra: 'Training',
  }),
  learningRateFactor,
};

/** Whether training leaves the weights of a layer as they are. */
export function isFrozen({ params }: Pick<Layer, 'params'>): boolean {
  return params.frozen === true;
}

/** How many of the numbers that these layers could learn are frozen. */
export function frozenCount(layers: readonly Pick<Layer, 'params' | 'parameterCount'>[]): number {
  return layers.reduce((sum, layer) => sum + (isFrozen(layer) ? layer.parameterCount : 0), 0);
}
