import { expect, it } from 'vitest';
import { code } from './code';
import { variationalProblems } from './variational-parameters';
import { verifyBlock } from './verify-block';

verifyBlock(code, [
  {
    name: 'a bottleneck',
    params: { size: 2 },
    input: [64],
    output: [2],
    encoderWeights: { kernel: [64, 2], bias: [2] },
    mirrorWeights: { kernel: [2, 64], bias: [64] },
  },
  {
    name: 'a mean and a variance',
    params: { size: 2, coding: 'variational' },
    input: [64],
    output: [2],
    encoderWeights: {
      kernel: [64, 2],
      bias: [2],
      'log-variance-kernel': [64, 2],
      'log-variance-bias': [2],
    },
    mirrorWeights: { kernel: [2, 64], bias: [64] },
  },
]);

it('warns where a variational code is bent on its way to the decoder', () => {
  const params = { coding: 'variational', activation: 'relu' };
  expect(variationalProblems(params, 'code')).toMatchObject([
    { code: 'VARIATIONAL_ACTIVATION', severity: 'warning', where: { nodeId: 'code', param: 'activation' } },
  ]);
  expect(variationalProblems({ ...params, activation: 'linear' }, 'code')).toEqual([]);
  expect(variationalProblems({ ...params, coding: 'plain' }, 'code')).toEqual([]);
});
