import { expect, it } from 'vitest';
import { conv1d } from './conv1d';
import { verifyBlock } from './verify-block';

const kernels = (kernel: number, channels: number, filters: number, groups = 1) => ({
  encoderWeights: { kernel: [kernel, channels / groups, filters], bias: [filters] },
  mirrorWeights: { kernel: [kernel, channels / groups, filters], bias: [channels] },
});

verifyBlock(conv1d, [
  { name: 'same, even', params: { stride: 2 }, input: [140, 1], output: [70, 32], ...kernels(3, 1, 32) },
  {
    name: 'same, odd',
    params: { stride: 2, filters: 4, kernel: 4 },
    input: [7, 3],
    output: [4, 4],
    ...kernels(4, 3, 4),
  },
  {
    name: 'valid, values left over',
    params: { filters: 4, kernel: 4, stride: 3, padding: 'valid' },
    input: [12, 2],
    output: [3, 4],
    ...kernels(4, 2, 4),
  },
  {
    name: 'dilated, as in WaveNet',
    params: { filters: 2, kernel: 2, dilation: 8 },
    input: [20, 1],
    output: [20, 2],
    ...kernels(2, 1, 2),
  },
  {
    name: 'depthwise',
    params: { filters: 6, groups: 3, stride: 2 },
    input: [9, 3],
    output: [5, 6],
    ...kernels(3, 3, 6, 3),
  },
  {
    name: 'dilated, valid',
    params: { filters: 2, dilation: 4, padding: 'valid' },
    input: [20, 1],
    output: [12, 2],
    ...kernels(3, 1, 2),
  },
]);

const params = {
  filters: 16,
  kernel: 5,
  stride: 1,
  padding: 'same',
  dilation: 1,
  groups: 1,
  activation: 'relu',
  kernelInitializer: 'glorotUniform',
  useBias: true,
  activityPenalty: 'none',
  activityWeight: 0,
  activityTarget: 0.05,
  l1: 0,
  l2: 0,
  maxNorm: 0,
  frozen: false,
  learningRateFactor: 1,
} as const;

it('counts fans as Keras does', () => {
  const series = { params, inputShape: [50, 8], outputShape: [50, 16] };
  expect(conv1d.encoder.weights(series)[0]).toMatchObject({ fanIn: 5 * 8, fanOut: 5 * 16 });
});

it('says that a kernel does not fit, and that dilation needs a stride of 1', () => {
  const valid = { ...params, padding: 'valid' } as const;
  expect(conv1d.problems({ ...valid, dilation: 3 }, [12, 1], 'conv1d-1')).toMatchObject([
    { code: 'KERNEL_TOO_LARGE', message: expect.stringContaining('13 values'), where: { param: 'kernel' } },
  ]);
  expect(conv1d.problems({ ...params, dilation: 3, stride: 2 }, [50, 1], 'conv1d-1')).toMatchObject([
    { code: 'DILATION_WITH_STRIDE', where: { nodeId: 'conv1d-1', param: 'dilation' } },
  ]);
});
