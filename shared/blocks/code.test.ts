import { code } from './code';
import { verifyBlock } from './verify-block';

verifyBlock(code, [
  {
    name: 'a bottleneck',
    params: { size: 2 },
    input: [64],
    output: [2],
    encoderWeights: { kernel: [64, 2], bias: [2] },
    mirrorWeights: { kernel: [2, 64], bias: [64] },
  },
]);
