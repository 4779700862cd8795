import { layerNorm } from './layer-norm';
import { verifyBlock } from './verify-block';

verifyBlock(layerNorm, [
  {
    name: 'of a vector',
    input: [64],
    output: [64],
    encoderWeights: { gamma: [64], beta: [64] },
    mirrorWeights: null,
  },
  {
    name: 'of a picture’s channels',
    input: [7, 5, 3],
    output: [7, 5, 3],
    encoderWeights: { gamma: [3], beta: [3] },
    mirrorWeights: null,
  },
]);
