import { expect, it } from 'vitest';
import { conv } from './conv';
import { verifyBlock } from './verify-block';

const kernels = (kernel: number, channels: number, filters: number) => ({
  encoderWeights: { kernel: [kernel, kernel, channels, filters], bias: [filters] },
  // The transposed kernel is the forward one's shape: its output channels come last but one.
  mirrorWeights: { kernel: [kernel, kernel, channels, filters], bias: [channels] },
});

verifyBlock(conv, [
  {
    name: 'same, even',
    params: { stride: 2 },
    input: [28, 28, 1],
    output: [14, 14, 32],
    ...kernels(3, 1, 32),
  },
  { name: 'same, odd', params: { stride: 2 }, input: [7, 5, 3], output: [4, 3, 32], ...kernels(3, 3, 32) },
  {
    name: 'valid, rows left over',
    params: { filters: 4, kernel: 4, stride: 3, padding: 'valid' },
    input: [12, 9, 2],
    output: [3, 2, 4],
    ...kernels(4, 2, 4),
  },
  {
    name: 'an even kernel on a single pixel',
    params: { filters: 2, kernel: 4 },
    input: [1, 1, 1],
    output: [1, 1, 2],
    ...kernels(4, 1, 2),
  },
  {
    name: 'dilated',
    params: { filters: 2, dilation: 3, padding: 'valid' },
    input: [9, 11, 1],
    output: [3, 5, 2],
    ...kernels(3, 1, 2),
  },
  {
    name: 'stride above the kernel',
    params: { filters: 2, kernel: 1, stride: 5 },
    input: [11, 4, 1],
    output: [3, 1, 2],
    ...kernels(1, 1, 2),
  },
]);

const penalties = {
  ...{ activityPenalty: 'none', activityWeight: 0, activityTarget: 0.5 },
  ...{ l1: 0, l2: 0, maxNorm: 0, frozen: false, dilation: 1 },
};
const defaults = {
  ...({ kernelInitializer: 'glorotUniform', activation: 'relu', padding: 'same' } as const),
  ...penalties,
};

it('counts fans as Keras does, from the last two lengths of the kernel', () => {
  const params = { ...defaults, filters: 64, kernel: 3, stride: 1, useBias: true };
  const picture = { params, inputShape: [8, 8, 16], outputShape: [8, 8, 64] };
  expect(conv.encoder.weights(picture)[0]).toMatchObject({ fanIn: 9 * 16, fanOut: 9 * 64 });
  const back = { params, inputShape: [8, 8, 64], outputShape: [8, 8, 16] };
  expect(conv.mirror?.weights(back)[0]).toMatchObject({ fanIn: 9 * 16, fanOut: 9 * 64 });
});

it('says that a kernel does not fit, on the kernel', () => {
  const params = { ...defaults, filters: 1, kernel: 9, stride: 1, useBias: true };
  expect(conv.problems(params, [7, 20, 1], 'conv-1')).toEqual([]);
  expect(conv.problems({ ...params, padding: 'valid' }, [7, 20, 1], 'conv-1')).toMatchObject([
    { code: 'KERNEL_TOO_LARGE', where: { nodeId: 'conv-1', param: 'kernel' } },
  ]);
});
