import type { Activation } from '../../../shared/blocks/layer-ops';

/** Keras' names; leaky ReLU (slope 0.2) and GELU (by erf) as they are there by default. Other slopes are layers. */
const NAMES: Readonly<Record<Activation, string>> = {
  linear: 'linear',
  relu: 'relu',
  relu6: 'relu6',
  leakyRelu: 'leaky_relu',
  leakyRelu001: 'leaky_relu',
  leakyRelu01: 'leaky_relu',
  leakyRelu03: 'leaky_relu',
  elu: 'elu',
  selu: 'selu',
  gelu: 'gelu',
  swish: 'silu',
  softplus: 'softplus',
  tanh: 'tanh',
  sigmoid: 'sigmoid',
};

export function kerasActivation(activation: Activation): string {
  return NAMES[activation];
}

/** The setting of a layer that has one; none where it is linear, the default. */
export function activationSetting(activation: Activation): { readonly activation?: string } {
  return activation === 'linear' ? {} : { activation: NAMES[activation] };
}
