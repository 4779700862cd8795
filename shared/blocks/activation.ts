import type { BlockDefinition } from './block';
import { activationEntry, activationLabel } from './layer-parameters';

const params = { activation: activationEntry('relu') };

/**
 * An activation apart from the layer before it, for what is to stand between the two. It has no mirror of its own:
 * the twin of the next block takes it, as it would take that of a layer. The compiler applies it.
 */
export const activation: BlockDefinition<typeof params> = {
  type: 'activation',
  role: 'layer',
  label: 'Activation',
  mirrorLabel: null,
  brief: { label: 'Activ.', mirrorLabel: null },
  description: 'Applies a function to every value, apart from the layer that makes them.',
  alsoCalled: ['nonlinearity', 'ReLU', 'sigmoid', 'tanh', 'ELU', 'GELU', 'softplus'],
  params,
  accepts: 'any',
  describe: ({ activation }) => activationLabel(activation),
  problems: () => [],
  outputShape: (_params, inputShape) => inputShape,
  encoder: { weights: () => [], lower: (_ops, x) => x },
  mirror: null,
};
