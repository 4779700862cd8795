import { corruptSaltPepper } from './corrupt-salt-pepper';
import { verifyBlock } from './verify-block';

const none = { encoderWeights: {}, mirrorWeights: null };

verifyBlock(corruptSaltPepper, [
  { name: 'of a vector', input: [784], output: [784], ...none },
  { name: 'of a picture', params: { share: 0.5 }, input: [7, 5, 3], output: [7, 5, 3], ...none },
]);
