import { corruptMasking } from './corrupt-masking';
import { verifyBlock } from './verify-block';

const none = { encoderWeights: {}, mirrorWeights: null };

verifyBlock(corruptMasking, [
  { name: 'of a vector', input: [784], output: [784], ...none },
  { name: 'of a picture', params: { share: 1 }, input: [7, 5, 3], output: [7, 5, 3], ...none },
]);
