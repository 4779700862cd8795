import { corruptDownscale } from './corrupt-downscale';
import { verifyBlock } from './verify-block';

const none = { encoderWeights: {}, mirrorWeights: null };

verifyBlock(corruptDownscale, [
  { name: 'of a picture that it does not divide', input: [7, 5, 3], output: [7, 5, 3], ...none },
  {
    name: 'to one pixel',
    params: { factor: 64, method: 'bilinear' },
    input: [7, 5, 3],
    output: [7, 5, 3],
    ...none,
  },
]);
