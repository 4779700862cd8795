import { corruptBlur } from './corrupt-blur';
import { verifyBlock } from './verify-block';

const none = { encoderWeights: {}, mirrorWeights: null };

verifyBlock(corruptBlur, [
  { name: 'of a picture', input: [7, 5, 3], output: [7, 5, 3], ...none },
  {
    name: 'far wider than the picture',
    params: { deviation: 50 },
    input: [2, 1, 1],
    output: [2, 1, 1],
    ...none,
  },
]);
