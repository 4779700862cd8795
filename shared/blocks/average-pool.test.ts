import { averagePool } from './average-pool';
import { verifyBlock } from './verify-block';

const none = { encoderWeights: {}, mirrorWeights: {} };

verifyBlock(averagePool, [
  { name: 'even', input: [8, 6, 3], output: [4, 3, 3], ...none },
  { name: 'odd, overlapping', params: { size: 3 }, input: [7, 5, 1], output: [4, 3, 1], ...none },
  { name: 'valid, rest dropped', params: { padding: 'valid' }, input: [7, 9, 2], output: [3, 4, 2], ...none },
  {
    name: 'bilinear',
    params: { stride: 3, upsampling: 'bilinear' },
    input: [7, 9, 2],
    output: [3, 3, 2],
    ...none,
  },
]);
