import { problem } from '../errors/catalogue';
import type { BlockDefinition, LayerRule } from './block';
import { convWeights } from './conv-weights';
import { activationEntry, kernelInitializer, padding, strideEntry, useBias } from './layer-parameters';
import { integer } from './parameter';
import { activityPenalty, activityProblems, isCharged, weightPenalties } from './penalty-parameters';
import { pictureOf, slideWindows, windowFits } from './spatial';

const params = {
  filters: integer({
    label: 'Filters',
    help: 'How many channels the layer gives out.',
    min: 1,
    max: 65_536,
    default: 32,
  }),
  kernel: integer({
    label: 'Kernel',
    help: 'Side of the square window each value is computed from.',
    unit: 'px',
    min: 1,
    max: 64,
    default: 3,
  }),
  stride: strideEntry(1),
  padding,
  activation: activationEntry('relu'),
  kernelInitializer,
  useBias,
  ...activityPenalty,
  ...weightPenalties,
};

/** The adjoint of the convolution, by a kernel of the same shape. */
const transposed: LayerRule<typeof params> = {
  weights({ params, inputShape, outputShape }) {
    const [, , channelsIn] = pictureOf(inputShape);
    const [, , channelsOut] = pictureOf(outputShape);
    return convWeights(params, channelsOut, channelsIn, channelsOut);
  },
  lower(ops, x, { params, outputShape }) {
    const [height, width] = pictureOf(outputShape);
    // The pads of the convolution this is the adjoint of: they are what is cropped here.
    const { pads } = slideWindows(outputShape, params.kernel, params.stride, params.padding);
    const y = ops.conv2dTranspose(x, ops.weight('kernel'), {
      stride: params.stride,
      pads,
      outputSize: [height, width],
    });
    return params.useBias ? ops.biasAdd(y, ops.weight('bias')) : y;
  },
};

/** A two-dimensional convolution; its mirror is the transposed convolution with the same stride and pads. */
export const conv: BlockDefinition<typeof params> = {
  type: 'conv',
  role: 'layer',
  label: 'Convolution',
  mirrorLabel: 'Transposed convolution',
  brief: { label: 'Conv', mirrorLabel: 'Conv T' },
  description: 'Slides small filters over a picture; a stride above 1 shrinks it.',
  params,
  width: 'filters',
  accepts: 'picture',
  describe: ({ filters, kernel, stride, padding }) =>
    `${filters} · ${kernel}×${kernel}${stride > 1 ? ` /${stride}` : ''}${padding === 'valid' ? ' valid' : ''}`,
  problems(params, inputShape, nodeId) {
    const { kernel, padding } = params;
    if (windowFits(inputShape, kernel, padding)) return activityProblems(params, nodeId);
    const [height, width] = pictureOf(inputShape);
    return [problem('KERNEL_TOO_LARGE', { kernel, height, width }, { nodeId, param: 'kernel' })];
  },
  regularises: isCharged,
  outputShape({ filters, kernel, stride, padding }, inputShape) {
    const { height, width } = slideWindows(inputShape, kernel, stride, padding);
    return [height, width, filters];
  },
  encoder: {
    weights({ params, inputShape }) {
      const [, , channels] = pictureOf(inputShape);
      return convWeights(params, channels, params.filters, params.filters);
    },
    lower(ops, x, { params, inputShape }) {
      const { pads } = slideWindows(inputShape, params.kernel, params.stride, params.padding);
      const y = ops.conv2d(x, ops.weight('kernel'), { stride: params.stride, pads });
      return params.useBias ? ops.biasAdd(y, ops.weight('bias')) : y;
    },
  },
  mirror: transposed,
  tiedMirror: {
    ...transposed,
    shares: ['kernel'],
    weights: (layer) => transposed.weights(layer).filter(({ name }) => name !== 'kernel'),
  },
  mirrorTakesMore: true,
};
