import { problem } from '../errors/catalogue';
import type { Shape } from '../tensors/shape';
import type { BlockDefinition, LayerContext, LayerRule } from './block';
import { depthwise, groupProblems, groups } from './channel-groups';
import { convWeights } from './conv-weights';
import { freezing } from './freezing';
import type { LayerOps, Pads } from './layer-ops';
import {
  activationEntry,
  dilation,
  kernelInitializer,
  padding,
  strideEntry,
  useBias,
} from './layer-parameters';
import { integer, type ParameterValues } from './parameter';
import { activityPenalty, activityProblems, isCharged, weightPenalties } from './penalty-parameters';
import { along, asPicture, slideWindows, windowFits } from './spatial';

function paramsFor(unit: string, kernelHelp: string) {
  return {
    filters: integer({
      label: 'Filters',
      help: 'How many channels the layer gives out.',
      min: 1,
      max: 65_536,
      default: 32,
    }),
    kernel: integer({ label: 'Kernel', help: kernelHelp, unit, min: 1, max: 64, default: 3 }),
    stride: strideEntry(1, unit),
    padding,
    dilation,
    groups,
    activation: activationEntry('relu'),
    kernelInitializer,
    useBias,
    ...activityPenalty,
    ...weightPenalties,
    ...freezing,
  };
}

type Params = ReturnType<typeof paramsFor>;
type Values = ParameterValues<Params>;

/** What tells convolutions of pictures and of series apart. */
interface Convolution
  extends Pick<
    BlockDefinition,
    'type' | 'label' | 'mirrorLabel' | 'brief' | 'description' | 'alsoCalled' | 'accepts' | 'describe'
  > {
  readonly axes: 1 | 2;
  readonly unit: string;
  readonly kernelHelp: string;
}

/**
 * A convolution along one axis or two; its mirror is the transposed convolution with the same stride, dilation and pads.
 * A series [length, channels] is convolved as a picture one pixel high; its kernel is [length, in, out], as in Keras.
 */
export function convolutionBlock({ axes, unit, kernelHelp, ...names }: Convolution): BlockDefinition<Params> {
  const geometry = geometryOf(axes);
  const mirror = mirrorRule(axes);
  return {
    ...names,
    role: 'layer',
    params: paramsFor(unit, kernelHelp),
    width: 'filters',
    problems(params, inputShape, nodeId) {
      const { kernel, padding, stride, dilation } = params;
      const uneven = groupProblems(params, inputShape.at(-1) ?? 0, nodeId);
      if (dilation > 1 && stride > 1) {
        const values = { dilation, stride };
        return [...uneven, problem('DILATION_WITH_STRIDE', values, { nodeId, param: 'dilation' })];
      }
      const extent = geometry.extent(params);
      if (windowFits(asPicture(inputShape), extent, padding)) {
        return [...uneven, ...activityProblems(params, nodeId)];
      }
      const [height, width] = asPicture(inputShape);
      const values = { kernel: (kernel - 1) * dilation + 1, height, width, axes };
      return [...uneven, problem('KERNEL_TOO_LARGE', values, { nodeId, param: 'kernel' })];
    },
    presets: [
      {
        param: 'groups',
        label: 'Depthwise',
        help: 'One group a channel: each channel is convolved by itself. Follow it with a kernel of 1, which mixes channels.',
        values: ({ filters }, inputShape) => depthwise(filters, inputShape.at(-1) ?? 1),
      },
    ],
    regularises: isCharged,
    outputShape(params, inputShape) {
      const { height, width } = geometry.windows(params, inputShape);
      return axes === 1 ? [width, params.filters] : [height, width, params.filters];
    },
    encoder: encoderRule(axes),
    mirror,
    tiedMirror: {
      ...mirror,
      shares: ['kernel'],
      // The kernel of a transposed convolution has the convolution's own layout.
      asOwn: (name) => ({ name, transposed: false }),
      weights: (layer) => mirror.weights(layer).filter(({ name }) => name !== 'kernel'),
    },
    mirrorTakesMore: true,
  };
}

function geometryOf(axes: 1 | 2) {
  const extent = ({ kernel, dilation }: Values) => along(axes, (kernel - 1) * dilation + 1);
  return {
    extent,
    windows: (params: Values, shape: Shape) =>
      slideWindows(asPicture(shape), extent(params), params.stride, params.padding),
    options: (params: Values, pads: Pads) => ({
      stride: params.stride,
      pads,
      dilation: along(axes, params.dilation),
      groups: params.groups,
    }),
  };
}

function encoderRule(axes: 1 | 2): LayerRule<Params> {
  const geometry = geometryOf(axes);
  const weights = ({ params, inputShape }: LayerContext<Params>) =>
    convWeights(
      { ...params, axes },
      (inputShape.at(-1) ?? 0) / params.groups,
      params.filters,
      params.filters,
    );
  return {
    weights,
    lower(ops, x, layer) {
      const { params, inputShape } = layer;
      const { pads } = geometry.windows(params, inputShape);
      const [kernel] = weights(layer);
      return around(ops, x, { layer, axes, kernel: kernel?.shape ?? [] }, (picture, weight) =>
        ops.conv2d(picture, weight, geometry.options(params, pads)),
      );
    },
  };
}

function mirrorRule(axes: 1 | 2): LayerRule<Params> {
  const geometry = geometryOf(axes);
  const weights = ({ params, inputShape, outputShape }: LayerContext<Params>) => {
    const [channelsIn = 0, channelsOut = 0] = [inputShape.at(-1), outputShape.at(-1)];
    return convWeights({ ...params, axes }, channelsOut / params.groups, channelsIn, channelsOut);
  };
  return {
    weights,
    lower(ops, x, layer) {
      const { params, outputShape } = layer;
      const [height, width] = asPicture(outputShape);
      // The pads of the convolution this is the adjoint of: they are what is cropped here.
      const { pads } = geometry.windows(params, outputShape);
      const outputSize = [height, width] as const;
      const [kernel] = weights(layer);
      return around(ops, x, { layer, axes, kernel: kernel?.shape ?? [] }, (picture, weight) =>
        ops.conv2dTranspose(inGroups(ops, picture, params), weight, {
          ...geometry.options(params, pads),
          outputSize,
        }),
      );
    },
  };
}

/** Behind a concatenating skip, each group is given its own channels of the decoder's and of the skip's. */
function inGroups<V>(ops: LayerOps<V>, picture: V, { groups, filters }: Values): V {
  const parts = (ops.shapeOf(picture).at(-1) ?? 0) / filters;
  return groups > 1 && parts > 1 ? ops.joinGroups(picture, parts, groups) : picture;
}

interface Around {
  readonly layer: LayerContext<Params>;
  readonly axes: 1 | 2;
  readonly kernel: Shape;
}

/** Makes pictures of series before a convolution, and series of pictures after it; the bias is the convolution's own. */
function around<V>(
  ops: LayerOps<V>,
  x: V,
  { layer: { params, inputShape, outputShape }, axes, kernel }: Around,
  convolve: (picture: V, kernel: V) => V,
): V {
  const withBias = (y: V) => (params.useBias ? ops.biasAdd(y, ops.weight('bias')) : y);
  if (axes === 2) return withBias(convolve(x, ops.weight('kernel')));
  const picture = ops.reshape(x, asPicture(inputShape));
  return ops.reshape(withBias(convolve(picture, ops.weight('kernel', [1, ...kernel]))), outputShape);
}
