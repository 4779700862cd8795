import type { OpCase, OpCases } from '../verify-op';

/** A wide range, with the kink at 0 kept clear of. */
const vector = { shape: [4, 8], from: -4, to: 4, kinks: [0] };
const picture = { shape: [2, 3, 4, 3], from: -2, to: 2, kinks: [0] };

const activation: readonly OpCase[] = [{ inputs: [vector] }, { inputs: [picture] }];

/** Gradients read dy and the output, whose range is the activation's. */
function gradientFrom(from: number, to: number): readonly OpCase[] {
  return [
    { inputs: [{ shape: [4, 8] }, { shape: [4, 8], from, to }] },
    { inputs: [{ shape: [2, 3, 4, 3] }, { shape: [2, 3, 4, 3], from, to }] },
  ];
}

export const activationCases: OpCases = {
  relu: activation,
  leakyRelu: [...activation, { inputs: [vector], attributes: { slope: 0.01 } }],
  elu: activation,
  selu: activation,
  gelu: activation,
  softplus: activation,
  tanh: activation,
  sigmoid: activation,
  reluGradient: gradientFrom(0, 2),
  leakyReluGradient: [
    ...gradientFrom(-0.8, 2),
    { inputs: [{ shape: [4, 8] }, { shape: [4, 8], from: -0.8, to: 2 }], attributes: { slope: 0.3 } },
  ],
  eluGradient: gradientFrom(-1, 2),
  seluGradient: gradientFrom(-1.7, 2),
  geluGradient: gradientFrom(-3, 3),
  tanhGradient: gradientFrom(-1, 1),
  sigmoidGradient: gradientFrom(0, 1),
};
