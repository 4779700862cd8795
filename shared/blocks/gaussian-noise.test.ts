import { gaussianNoise } from './gaussian-noise';
import { verifyBlock } from './verify-block';

const none = { encoderWeights: {}, mirrorWeights: null };

verifyBlock(gaussianNoise, [
  { name: 'on a vector', input: [784], output: [784], ...none },
  { name: 'on a picture', params: { deviation: 0.5 }, input: [7, 5, 3], output: [7, 5, 3], ...none },
]);
