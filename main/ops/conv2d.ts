import { valueCount } from '../../shared/tensors/shape';
import { FLOAT, numbersAttribute } from './attributes';
import { biasGradient } from './bias-add';
import { groupsOf } from './channel-groups';
import { onnxNode } from './onnx-nodes';
import { adjointByPhases, paysToSplit } from './onnx-phases';
import { MOST_UNITS, paysToUnroll, unitKernels, unroll } from './onnx-unroll';
import type { OnnxGraph, OpDefinition } from './op';
import type { ProgramNode, Value } from './program';
import { expectRank, expectShape, input } from './shape-rules';
import { dilatedInputGradient } from './tensorflow-dilation';
import { byGroups, depthwise, depthwiseInputGradient, isDepthwise } from './tensorflow-groups';
import {
  isDilated,
  onnxWindows,
  tensorFlowExplicitWindows,
  tensorFlowWindows,
  type Windows,
  windowsOf,
} from './windows';

/**
 * The convolution (cross-correlation) of pictures [batch, height, width, channels] with a kernel HWIO, by the
 * attributes `stride`, `pads` (top, bottom, left, right) and `dilation`, which needs a stride of 1. By `groups`, channels and
 * filters are divided into so many runs, each run of filters seeing its channels alone: I is the channels of one. With a
 * third input, the bias [filters], added.
 */
export const conv2d: OpDefinition = {
  name: 'conv2d',
  shape(inputs, attributes) {
    const [x, kernel, bias] = [input(inputs, 0), input(inputs, 1), inputs[2]];
    expectRank(x, 4, 'The pictures');
    expectRank(kernel, 4, 'The kernel');
    const [batch = 0, , , channels] = x.shape;
    const { channels: channelsIn, filters, count } = groupsOf(attributes, kernel.shape);
    if (channels !== channelsIn || filters % count !== 0) {
      throw new Error(`A kernel [${kernel.shape}] in ${count} groups does not fit pictures [${x.shape}].`);
    }
    if (bias) expectShape(bias.shape, [filters], 'The bias');
    const windows = windowsOf(attributes, x.shape.slice(1), kernel.shape);
    if (isDilated(windows) && attributes.stride !== 1)
      throw new Error('A dilated kernel moves by steps of 1.');
    return { shape: [batch, windows.height.count, windows.width.count, filters] };
  },
  gradient(build, { inputs, attributes }, dy) {
    const [x, kernel] = [input(inputs, 0), input(inputs, 1)];
    const dx = build.add('conv2dInputGradient', [dy, kernel], { ...attributes, size: x.shape.slice(1, 3) });
    const kernelSize = kernel.shape.slice(0, 2);
    const dKernel = build.add('conv2dKernelGradient', [x, dy], { ...attributes, kernelSize });
    return inputs.length === 3 ? [dx, dKernel, biasGradient(build, dy)] : [dx, dKernel];
  },
  tensorflow(graph, node) {
    const [x, kernel, bias] = [input(node.inputs, 0), input(node.inputs, 1), node.inputs[2]];
    const windows = windowsOf(node.attributes, x.shape.slice(1), kernel.shape);
    const groups = groupsOf(node.attributes, kernel.shape);
    const convolve = (pictures: string, weights: string) =>
      graph.node('Conv2D', [pictures, weights], { ...FLOAT, ...tensorFlowWindows(windows) });
    const operands = [graph.get(x), graph.get(kernel)] as const;
    const y = isDepthwise(groups)
      ? depthwise(graph, ...operands, groups, windows)
      : byGroups(graph, groups, operands, convolve);
    return bias ? graph.node('BiasAdd', [y, graph.get(bias)], FLOAT) : y;
  },
  onnx(graph, node) {
    const [x, kernel, bias] = [input(node.inputs, 0), input(node.inputs, 1), node.inputs[2]];
    const windows = windowsOf(node.attributes, x.shape.slice(1), kernel.shape);
    const { count } = groupsOf(node.attributes, kernel.shape);
    if (!graph.plain && count === 1 && paysToUnroll(x, windows)) return onnxProduct(graph, node, windows);
    const operands = [graph.get(x, 'channelsFirst'), onnxKernel(graph, kernel)];
    if (bias) operands.push(graph.get(bias));
    return {
      name: onnxNode(graph, 'Conv', operands, {
        kernel_shape: kernel.shape.slice(0, 2),
        ...onnxWindows(windows),
        ...(count > 1 ? { group: count } : {}),
      }),
      layout: 'channelsFirst',
    };
  },
};

/** With fewer filters, a product over them is too thin. */
const FEWEST_FILTERS = 8;

/** Up to so many channels in the result, TensorFlow's own transposed convolution was faster (8: equal). */
const OWN_KERNEL_CHANNELS = 4;

/**
 * The adjoint of the conv2d with this kernel, `stride`, `pads`, `dilation` and `groups` over pictures of the attribute `size` (height,
 * width): its gradient with respect to the pictures, and as a layer the transposed convolution. Inputs: the
 * gradient of the convolution's output (for a layer, the picture that comes in), the kernel HWIO of the convolution,
 * and optionally a bias [channels of the result], added.
 */
export const conv2dInputGradient: OpDefinition = {
  name: 'conv2dInputGradient',
  shape(inputs, attributes) {
    const [dy, kernel, bias] = [input(inputs, 0), input(inputs, 1), inputs[2]];
    expectRank(kernel, 4, 'The kernel');
    const size = numbersAttribute(attributes, 'size');
    const { height, width } = windowsOf(attributes, size, kernel.shape);
    const [batch = 0] = dy.shape;
    const { channels, filters } = groupsOf(attributes, kernel.shape);
    expectShape(dy.shape, [batch, height.count, width.count, filters], 'The output gradient');
    if (bias) expectShape(bias.shape, [channels], 'The bias');
    return { shape: [batch, ...size, channels] };
  },
  gradient(build, { inputs, attributes }, g) {
    const [dy, kernel] = [input(inputs, 0), input(inputs, 1)];
    const { size: _, ...windows } = attributes;
    const kernelSize = kernel.shape.slice(0, 2);
    const dDy = build.add('conv2d', [g, kernel], windows);
    const dKernel = build.add('conv2dKernelGradient', [g, dy], { ...windows, kernelSize });
    return inputs.length === 3 ? [dDy, dKernel, biasGradient(build, g)] : [dDy, dKernel];
  },
  tensorflow(graph, node) {
    const [dy, kernel, bias] = [input(node.inputs, 0), input(node.inputs, 1), node.inputs[2]];
    const windows = windowsOf(node.attributes, node.output.shape.slice(1), kernel.shape);
    const groups = groupsOf(node.attributes, kernel.shape);
    const [batch = 0] = dy.shape;
    // With explicit pads TensorFlow keeps its own kernel, which for few channels is twice as fast as oneDNN's.
    const fewChannels = (kernel.shape[2] ?? 0) <= OWN_KERNEL_CHANNELS;
    const attributes = fewChannels ? tensorFlowExplicitWindows(windows) : tensorFlowWindows(windows);
    const size = graph.int32(node.output.shape.with(3, groups.channels / groups.count));
    const adjoint = (gradients: string, weights: string) =>
      isDilated(windows)
        ? dilatedInputGradient(graph, gradients, weights, windows)
        : graph.node('Conv2DBackpropInput', [size, weights, gradients], { ...FLOAT, ...attributes });
    const operands = [graph.get(dy), graph.get(kernel)] as const;
    const x = isDepthwise(groups)
      ? depthwiseInputGradient(graph, ...operands, groups, { windows, batch })
      : byGroups(graph, groups, operands, adjoint);
    return bias ? graph.node('BiasAdd', [x, graph.get(bias)], FLOAT) : x;
  },
  onnx(graph, node) {
    const [dy, kernel, bias] = [input(node.inputs, 0), input(node.inputs, 1), node.inputs[2]];
    const windows = windowsOf(node.attributes, node.output.shape.slice(1), kernel.shape);
    const { count } = groupsOf(node.attributes, kernel.shape);
    if (!graph.plain && count === 1 && paysToSplit(dy, kernel, windows)) {
      return adjointByPhases(graph, dy, kernel, bias, windows);
    }
    const operands =
      !graph.plain && count === 1 && paysToUseUnits(kernel)
        ? adjointOfUnits(graph, dy, kernel)
        : [graph.get(dy, 'channelsFirst'), onnxKernel(graph, kernel)];
    if (bias) operands.push(graph.get(bias));
    return {
      name: onnxNode(graph, 'ConvTranspose', operands, {
        kernel_shape: kernel.shape.slice(0, 2),
        ...onnxWindows(windows),
        output_padding: [windows.height.rest, windows.width.rest],
        ...(count > 1 ? { group: count } : {}),
      }),
      layout: 'channelsFirst',
    };
  },
};

/** The convolution as windows · kernel. */
function onnxProduct(graph: OnnxGraph, { inputs, output }: ProgramNode, windows: Windows): string {
  const [x, kernel, bias] = [input(inputs, 0), input(inputs, 1), inputs[2]];
  const filters = output.shape[3] ?? 0;
  const matrix = onnxNode(graph, 'Reshape', [graph.get(kernel), graph.int64([-1, filters])]);
  const operands = [unroll(graph, x, windows), matrix];
  if (bias) operands.push(graph.get(bias));
  return onnxNode(graph, 'Reshape', [onnxNode(graph, 'Gemm', operands), graph.int64(output.shape)]);
}

function paysToUseUnits({ shape }: Value): boolean {
  const [rows = 0, columns = 0, channels, filters = 0] = shape;
  return channels === 1 && filters >= FEWEST_FILTERS && rows * columns <= MOST_UNITS;
}

/**
 * With one channel, what is left of an adjoint once every window is made by a product (which ONNX Runtime's own does a
 * sample after a sample): the adjoint of laying out windows, which is that of convolving with unit kernels.
 */
function adjointOfUnits(graph: OnnxGraph, dy: Value, kernel: Value): string[] {
  const [batch = 0, height = 0, width = 0, filters = 0] = dy.shape;
  const values = valueCount(kernel.shape.slice(0, 2));
  const matrix = onnxNode(graph, 'Reshape', [graph.get(kernel), graph.int64([values, filters])]);
  const pixels = onnxNode(graph, 'Reshape', [graph.get(dy), graph.int64([-1, filters])]);
  const rows = onnxNode(graph, 'Gemm', [pixels, matrix], { transB: 1 });
  const laidOut = onnxNode(graph, 'Reshape', [rows, graph.int64([batch, height, width, values])]);
  const first = onnxNode(graph, 'Transpose', [laidOut], { perm: [0, 3, 1, 2] });
  return [first, unitKernels(graph, kernel.shape.slice(0, 2))];
}

/** HWIO as ONNX wants it, for a convolution (OIHW) and for its adjoint (in, out, height, width) alike. */
function onnxKernel(graph: OnnxGraph, kernel: Value): string {
  return onnxNode(graph, 'Transpose', [graph.get(kernel)], { perm: [3, 2, 0, 1] });
}
