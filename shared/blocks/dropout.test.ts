import { dropout } from './dropout';
import { verifyBlock } from './verify-block';

const none = { encoderWeights: {}, mirrorWeights: null };

verifyBlock(dropout, [
  { name: 'of a vector', input: [784], output: [784], ...none },
  { name: 'of a picture', params: { rate: 0.5 }, input: [7, 5, 3], output: [7, 5, 3], ...none },
  { name: 'of its channels', params: { wholeChannels: true }, input: [7, 5, 3], output: [7, 5, 3], ...none },
  { name: 'a vector has no channels', params: { wholeChannels: true }, input: [9], output: [9], ...none },
]);
