import { corruptNoise } from './corrupt-noise';
import { verifyBlock } from './verify-block';

const none = { encoderWeights: {}, mirrorWeights: null };

verifyBlock(corruptNoise, [
  { name: 'of a vector', input: [784], output: [784], ...none },
  { name: 'not clipped', params: { clip: false }, input: [7, 5, 3], output: [7, 5, 3], ...none },
]);
