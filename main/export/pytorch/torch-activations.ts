import type { Activation } from '../../../shared/blocks/layer-ops';

const CALLS: Readonly<Record<Activation, (x: string) => string>> = {
  linear: (x) => x,
  relu: (x) => `F.relu(${x})`,
  // Keras' slope.
  leakyRelu: (x) => `F.leaky_relu(${x}, 0.2)`,
  elu: (x) => `F.elu(${x})`,
  selu: (x) => `F.selu(${x})`,
  gelu: (x) => `F.gelu(${x})`,
  softplus: (x) => `F.softplus(${x})`,
  tanh: (x) => `torch.tanh(${x})`,
  sigmoid: (x) => `torch.sigmoid(${x})`,
};

/** The activation of an expression. */
export function activated(x: string, activation: Activation): string {
  return CALLS[activation](x);
}
