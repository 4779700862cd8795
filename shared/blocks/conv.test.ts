import { expect, it } from 'vitest';
import { conv } from './conv';
import { verifyBlock } from './verify-block';

const kernels = (kernel: number, channels: number, filters: number, groups = 1) => ({
  encoderWeights: { kernel: [kernel, kernel, channels / groups, filters], bias: [filters] },
  // The transposed kernel is the forward one's shape: its output channels come last but one.
  mirrorWeights: { kernel: [kernel, kernel, channels / groups, filters], bias: [channels] },
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
    name: 'in two groups, an even kernel',
    params: { filters: 6, kernel: 4, stride: 2, groups: 2 },
    input: [9, 7, 4],
    output: [5, 4, 6],
    ...kernels(4, 4, 6, 2),
  },
  {
    name: 'depthwise, two filters a channel, dilated',
    params: { filters: 10, groups: 5, dilation: 2 },
    input: [6, 7, 5],
    output: [6, 7, 10],
    ...kernels(3, 5, 10, 5),
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
  ...{ l1: 0, l2: 0, maxNorm: 0, frozen: false, learningRateFactor: 1, dilation: 1, groups: 1 },
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

it('counts the fans of a group alone, as Keras does', () => {
  const params = { ...defaults, filters: 64, kernel: 3, stride: 1, useBias: true, groups: 8 };
  const picture = { params, inputShape: [8, 8, 16], outputShape: [8, 8, 64] };
  expect(conv.encoder.weights(picture)[0]).toMatchObject({ fanIn: 9 * 2, fanOut: 9 * 64 });
});

it('says that groups do not divide the channels, or the filters', () => {
  const params = { ...defaults, filters: 12, kernel: 3, stride: 1, useBias: true, groups: 4 };
  expect(conv.problems(params, [8, 8, 6], 'conv-1')).toMatchObject([
    { code: 'GROUPS_OF_CHANNELS', where: { nodeId: 'conv-1', param: 'groups' } },
  ]);
  expect(conv.problems({ ...params, groups: 8 }, [8, 8, 16], 'conv-1')).toMatchObject([
    { code: 'GROUPS_OF_FILTERS', where: { nodeId: 'conv-1', param: 'filters' } },
  ]);
  expect(conv.problems(params, [8, 8, 8], 'conv-1')).toEqual([]);
});

it('is made depthwise at once, with filters to match', () => {
  const params = { ...defaults, filters: 32, kernel: 3, stride: 1, useBias: true };
  const made = (channels: number) => conv.presets?.[0]?.values(params, [8, 8, channels]);
  expect(made(12)).toEqual({ groups: 12, filters: 36 });
  expect(made(16)).toEqual({ groups: 16, filters: 32 });
  expect(made(100)).toEqual({ groups: 100, filters: 100 });
});
