import { countAttribute, FLOAT, numbersAttribute } from './attributes';
import { groupsOf } from './channel-groups';
import { onnxKernelGradient } from './onnx-kernel-gradient';
import type { Attributes, OpDefinition } from './op';
import type { Value } from './program';
import { expectShape, input } from './shape-rules';
import { dilatedKernelGradient } from './tensorflow-dilation';
import { byGroups, depthwiseKernelGradient, isDepthwise } from './tensorflow-groups';
import { isDilated, tensorFlowWindows, type Windows, windowsOf } from './windows';

/**
 * The gradient of a conv2d, `groups` among its attributes, with respect to its kernel, HWIO, of the attribute `kernelSize`
 * (height, width).
 * Inputs: the pictures the convolution read, and the gradient of its output.
 */
export const conv2dKernelGradient: OpDefinition = {
  name: 'conv2dKernelGradient',
  shape(inputs, attributes) {
    const [x, dy] = [input(inputs, 0), input(inputs, 1)];
    const kernelSize = numbersAttribute(attributes, 'kernelSize');
    const { height, width } = kernelWindows(x, attributes);
    const [batch = 0, , , channels = 0] = x.shape;
    const filters = dy.shape[3] ?? 0;
    expectShape(dy.shape, [batch, height.count, width.count, filters], 'The output gradient');
    const count = countAttribute(attributes, 'groups');
    if (channels % count !== 0 || filters % count !== 0) {
      throw new Error(`${channels} channels and ${filters} filters cannot be in ${count} groups.`);
    }
    return { shape: [...kernelSize, channels / count, filters] };
  },
  tensorflow(graph, { inputs, attributes, output }) {
    const [x, dy] = [input(inputs, 0), input(inputs, 1)];
    const windows = kernelWindows(x, attributes);
    const groups = groupsOf(attributes, output.shape);
    const size = graph.int32(output.shape.with(3, groups.filters / groups.count));
    const gradient = (pictures: string, gradients: string) =>
      isDilated(windows)
        ? dilatedKernelGradient(graph, pictures, gradients, windows)
        : graph.node('Conv2DBackpropFilter', [pictures, size, gradients], {
            ...FLOAT,
            ...tensorFlowWindows(windows),
          });
    const operands = [graph.get(x), graph.get(dy)] as const;
    return isDepthwise(groups)
      ? depthwiseKernelGradient(graph, ...operands, groups, windows)
      : byGroups(graph, groups, operands, gradient);
  },
  onnx(graph, { inputs, attributes }) {
    const [x, dy] = [input(inputs, 0), input(inputs, 1)];
    const groups = countAttribute(attributes, 'groups');
    return onnxKernelGradient(graph, x, dy, kernelWindows(x, attributes), groups);
  },
};

function kernelWindows(x: Value, attributes: Attributes): Windows {
  return windowsOf(attributes, x.shape.slice(1), numbersAttribute(attributes, 'kernelSize'));
}
