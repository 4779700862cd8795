import { expect, it } from 'vitest';
import { newBlock } from '../document/new-document';
import { activation } from './activation';
import { verifyBlock } from './verify-block';

const none = { encoderWeights: {}, mirrorWeights: null };

verifyBlock(activation, [
  { name: 'of a vector', input: [784], output: [784], ...none },
  { name: 'of a picture', params: { activation: 'gelu' }, input: [7, 5, 3], output: [7, 5, 3], ...none },
]);

it('says which one it is', () => {
  const { params } = newBlock('activation', 'activation-1', { activation: 'leakyRelu' });
  expect(activation.describe({ activation: 'leakyRelu', ...params })).toBe('Leaky ReLU');
});
