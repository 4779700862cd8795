import type { OpCases } from '../verify-op';

export const productCases: OpCases = {
  matmul: [
    { inputs: [{ shape: [3, 4] }, { shape: [4, 5] }] },
    { inputs: [{ shape: [3, 4] }, { shape: [4, 5] }, { shape: [5] }] },
    { inputs: [{ shape: [4, 3] }, { shape: [4, 5] }], attributes: { transposeA: true } },
    { inputs: [{ shape: [3, 4] }, { shape: [5, 4] }, { shape: [5] }], attributes: { transposeB: true } },
    { inputs: [{ shape: [4, 3] }, { shape: [5, 4] }], attributes: { transposeA: true, transposeB: true } },
    { inputs: [{ shape: [1, 1] }, { shape: [1, 1] }, { shape: [1] }] },
  ],
  scaleChannels: [
    { inputs: [{ shape: [3, 4] }, { shape: [4] }] },
    { inputs: [{ shape: [2, 3, 4, 5] }, { shape: [5] }] },
    { inputs: [{ shape: [2, 3, 4, 1] }, { shape: [1] }] },
  ],
  biasAdd: [
    { inputs: [{ shape: [3, 4] }, { shape: [4] }] },
    { inputs: [{ shape: [2, 3, 4, 5] }, { shape: [5] }] },
    { inputs: [{ shape: [2, 3, 4, 1] }, { shape: [1] }] },
  ],
};
