import { input } from './input';
import { verifyBlock } from './verify-block';

const none = { encoderWeights: {}, mirrorWeights: {} };

verifyBlock(input, [
  { name: 'a vector', input: [784], output: [784], ...none },
  { name: 'a picture', input: [7, 5, 3], output: [7, 5, 3], ...none },
]);
