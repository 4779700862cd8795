import { averagePool1d } from './average-pool1d';
import { verifyBlock } from './verify-block';

const none = { encoderWeights: {}, mirrorWeights: {} };

verifyBlock(averagePool1d, [
  { name: 'even', input: [12, 3], output: [6, 3], ...none },
  { name: 'odd, overlapping', params: { size: 3 }, input: [7, 2], output: [4, 2], ...none },
  { name: 'valid, rest dropped', params: { padding: 'valid' }, input: [7, 2], output: [3, 2], ...none },
  { name: 'bilinear', params: { stride: 3, upsampling: 'bilinear' }, input: [7, 2], output: [3, 2], ...none },
]);
