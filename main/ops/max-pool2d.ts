import { valueCount } from '../../shared/tensors/shape';
import { FLOAT, pairAttribute } from './attributes';
import { onnxNode } from './onnx-nodes';
import type { Attributes, OnnxGraph, OpDefinition } from './op';
import type { Value } from './program';
import { expectRank, expectShape, input } from './shape-rules';
import { onnxWindows, tensorFlowWindows, type Windows, windowsOf } from './windows';

/**
 * The largest value of each window of the attribute `size` (height, width), `stride` apart, channel by channel. Pads (`pads`: top,
 * bottom, left, right) never win; of equal values the first does, in reading order, on both engines.
 */
export const maxPool2d: OpDefinition = {
  name: 'maxPool2d',
  shape(inputs, attributes) {
    const x = input(inputs, 0);
    expectRank(x, 4, 'The pictures');
    const { height, width } = poolWindows(x, attributes);
    const [batch = 0, , , channels = 0] = x.shape;
    return { shape: [batch, height.count, width.count, channels] };
  },
  gradient: (build, { inputs, output, attributes }, dy) => [
    build.add('maxPool2dGradient', [dy, input(inputs, 0), output], attributes),
  ],
  tensorflow(graph, { inputs, attributes }) {
    const x = input(inputs, 0);
    return graph.node('MaxPool', [graph.get(x)], tensorFlowPool(x, attributes));
  },
  onnx(graph, { inputs, attributes }) {
    const x = input(inputs, 0);
    const name = onnxNode(graph, 'MaxPool', [graph.get(x, 'channelsFirst')], onnxPool(x, attributes));
    return { name, layout: 'channelsFirst' };
  },
};

/** Gives each output gradient to the value that won its window. Inputs dy, x, y = maxPool2d(x). */
export const maxPool2dGradient: OpDefinition = {
  name: 'maxPool2dGradient',
  shape(inputs) {
    const [dy, x, y] = [input(inputs, 0), input(inputs, 1), input(inputs, 2)];
    expectShape(dy.shape, y.shape, 'The output gradient');
    return { shape: x.shape };
  },
  tensorflow(graph, { inputs, attributes }) {
    const [dy, x, y] = [input(inputs, 0), input(inputs, 1), input(inputs, 2)];
    return graph.node(
      'MaxPoolGrad',
      [graph.get(x), graph.get(y), graph.get(dy)],
      tensorFlowPool(x, attributes),
    );
  },
  onnx(graph, { inputs, attributes }) {
    const [dy, x] = [input(inputs, 0), input(inputs, 1)];
    const winners = graph.node('MaxPool', [graph.get(x, 'channelsFirst')], onnxPool(x, attributes), 2)[1];
    if (winners === undefined) throw new Error('MaxPool gave no indices.');
    const name = scatter(graph, graph.get(dy, 'channelsFirst'), winners, x);
    return { name, layout: 'channelsFirst' };
  },
};

/** Adds every gradient at its flat index into zeros of the pictures' size (windows may share a winner). */
function scatter(graph: OnnxGraph, dy: string, indices: string, x: Value): string {
  const [batch = 0, height = 0, width = 0, channels = 0] = x.shape;
  const flat = (tensor: string) => onnxNode(graph, 'Reshape', [tensor, graph.int64([-1])]);
  const zeros = onnxNode(graph, 'Expand', [graph.float([0], [1]), graph.int64([valueCount(x.shape)])]);
  const sums = onnxNode(graph, 'ScatterElements', [zeros, flat(indices), flat(dy)], {
    axis: 0,
    reduction: 'add',
  });
  return onnxNode(graph, 'Reshape', [sums, graph.int64([batch, channels, height, width])]);
}

function poolWindows(x: Value, attributes: Attributes): Windows {
  return windowsOf(attributes, x.shape.slice(1), pairAttribute(attributes, 'size'));
}

function tensorFlowPool(x: Value, attributes: Attributes) {
  const ksize = { ints: [1, ...pairAttribute(attributes, 'size'), 1] };
  return { ...FLOAT, ksize, ...tensorFlowWindows(poolWindows(x, attributes)) };
}

function onnxPool(x: Value, attributes: Attributes) {
  const size = pairAttribute(attributes, 'size');
  return { kernel_shape: size, ...onnxWindows(poolWindows(x, attributes)) };
}
