import { add } from './add';
import { verifyBlock } from './verify-block';

const none = { encoderWeights: {}, mirrorWeights: {} };

verifyBlock(add, [
  { name: 'vectors', input: [12], output: [12], ...none },
  { name: 'pictures', input: [7, 5, 3], output: [7, 5, 3], ...none },
]);
