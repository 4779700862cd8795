import { expect, it } from 'vitest';
import { batchNorm } from './batch-norm';
import { verifyBlock } from './verify-block';

const weights = (channels: number) => ({
  gamma: [channels],
  beta: [channels],
  'moving-mean': [channels],
  'moving-variance': [channels],
});

verifyBlock(batchNorm, [
  { name: 'of a vector', input: [64], output: [64], encoderWeights: weights(64), mirrorWeights: null },
  {
    name: 'of a picture’s channels',
    input: [7, 5, 3],
    output: [7, 5, 3],
    encoderWeights: weights(3),
    mirrorWeights: null,
  },
]);

it('trains its scale and shift, and not what it keeps of the batches', () => {
  const layer = {
    params: { momentum: 0.99, epsilon: 1e-3, frozen: false, learningRateFactor: 1 },
    inputShape: [5],
    outputShape: [5],
  };
  const trained = batchNorm.encoder.weights(layer).filter(({ trainable = true }) => trainable);
  expect(trained.map(({ name }) => name)).toEqual(['gamma', 'beta']);
});
