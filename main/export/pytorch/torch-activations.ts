import type { Activation } from '../../../shared/blocks/layer-ops';

const CALLS: Readonly<Record<Activation, (x: string) => string>> = {
  linear: (x) => x,
  relu: (x) => `F.relu(${x})`,
  relu6: (x) => `F.relu6(${x})`,
  // Keras' slope.
  leakyRelu: (x) => `F.leaky_relu(${x}, 0.2)`,
  leakyRelu001: (x) => `F.leaky_relu(${x}, 0.01)`,
  leakyRelu01: (x) => `F.leaky_relu(${x}, 0.1)`,
  leakyRelu03: (x) => `F.leaky_relu(${x}, 0.3)`,
  elu: (x) => `F.elu(${x})`,
  selu: (x) => `F.selu(${x})`,
  gelu: (x) => `F.gelu(${x})`,
  swish: (x) => `F.silu(${x})`,
  softplus: (x) => `F.softplus(${x})`,
  tanh: (x) => `torch.tanh(${x})`,
  sigmoid: (x) => `torch.sigmoid(${x})`,
};

/** The activation of an expression. */
export function activated(x: string, activation: Activation): string {
  return CALLS[activation](x);
}
