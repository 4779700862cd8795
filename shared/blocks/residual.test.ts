import { residual } from './residual';
import { verifyBlock } from './verify-block';

const weights = (kernel: number, channels: number) => ({
  'kernel-1': [kernel, kernel, channels, channels],
  'bias-1': [channels],
  'kernel-2': [kernel, kernel, channels, channels],
  'bias-2': [channels],
});
const both = (kernel: number, channels: number) => ({
  encoderWeights: weights(kernel, channels),
  mirrorWeights: weights(kernel, channels),
});

verifyBlock(residual, [
  { name: 'as published', input: [8, 8, 16], output: [8, 8, 16], ...both(3, 16) },
  {
    name: 'an even kernel, odd sides',
    params: { kernel: 4 },
    input: [7, 5, 3],
    output: [7, 5, 3],
    ...both(4, 3),
  },
  { name: 'a single pixel', params: { kernel: 5 }, input: [1, 1, 2], output: [1, 1, 2], ...both(5, 2) },
  {
    name: 'without bias',
    params: { useBias: false },
    input: [4, 4, 2],
    output: [4, 4, 2],
    encoderWeights: { 'kernel-1': [3, 3, 2, 2], 'kernel-2': [3, 3, 2, 2] },
    mirrorWeights: { 'kernel-1': [3, 3, 2, 2], 'kernel-2': [3, 3, 2, 2] },
  },
]);
