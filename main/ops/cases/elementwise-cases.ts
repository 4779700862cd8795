import type { OpCases } from '../verify-op';

const picture = { shape: [2, 3, 4, 3] };
const matrix = { shape: [3, 5] };
const scalar = { shape: [] };
/** Away from 0, to be divided by. */
const divisor = { from: 0.5, to: 2 };

export const elementwiseCases: OpCases = {
  add: [
    { inputs: [matrix, matrix] },
    { inputs: [matrix, scalar] },
    { inputs: [scalar, picture] },
    { inputs: [scalar, scalar] },
    { inputs: [picture, picture] },
  ],
  sub: [{ inputs: [matrix, matrix] }, { inputs: [matrix, scalar] }, { inputs: [scalar, picture] }],
  mul: [
    { inputs: [matrix, matrix] },
    { inputs: [matrix, scalar] },
    { inputs: [scalar, picture] },
    { inputs: [picture, picture] },
  ],
  div: [
    { inputs: [matrix, { ...matrix, ...divisor }] },
    { inputs: [matrix, { ...scalar, ...divisor }] },
    { inputs: [scalar, { ...picture, ...divisor }] },
  ],
  abs: [{ inputs: [{ ...matrix, kinks: [0] }] }, { inputs: [{ ...picture, kinks: [0] }] }],
  sign: [{ inputs: [matrix] }, { inputs: [picture] }],
  floor: [{ inputs: [{ ...matrix, from: -3, to: 3 }] }, { inputs: [{ ...picture, from: -3, to: 3 }] }],
  sin: [{ inputs: [{ ...matrix, from: -4, to: 4 }] }, { inputs: [picture] }],
  cos: [{ inputs: [{ ...matrix, from: -4, to: 4 }] }, { inputs: [picture] }],
  exp: [{ inputs: [matrix] }, { inputs: [picture] }],
  sqrt: [{ inputs: [{ ...matrix, ...divisor }] }, { inputs: [{ ...picture, ...divisor }] }],
  square: [{ inputs: [matrix] }, { inputs: [picture] }, { inputs: [scalar] }],
  log: [{ inputs: [{ ...matrix, ...divisor }] }, { inputs: [{ ...picture, ...divisor }] }],
  clip: [
    { inputs: [{ ...matrix, kinks: [-0.5, 0.25] }], attributes: { min: -0.5, max: 0.25 } },
    { inputs: [{ ...picture, kinks: [-0.5, 0.25] }], attributes: { min: -0.5, max: 0.25 } },
  ],
  atLeast: [
    { inputs: [matrix], attributes: { threshold: 0.1 } },
    { inputs: [{ ...picture, from: 0 }], attributes: { threshold: 0.5 } },
  ],
  clipGradient: [{ inputs: [matrix, matrix], attributes: { min: -0.5, max: 0.25 } }],
  sigmoidCrossEntropy: [
    {
      inputs: [
        { shape: [4, 6], from: -6, to: 6 },
        { shape: [4, 6], from: 0 },
      ],
    },
    { inputs: [picture, { ...picture, from: 0 }] },
  ],
};
