import { dense } from './dense';
import { verifyBlock } from './verify-block';

verifyBlock(dense, [
  {
    name: 'narrowing',
    params: { units: 64 },
    input: [784],
    output: [64],
    encoderWeights: { kernel: [784, 64], bias: [64] },
    mirrorWeights: { kernel: [64, 784], bias: [784] },
  },
  {
    name: 'without bias, from a single value',
    params: { units: 3, useBias: false },
    input: [1],
    output: [3],
    encoderWeights: { kernel: [1, 3] },
    mirrorWeights: { kernel: [3, 1] },
  },
]);
