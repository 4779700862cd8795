import { FLOAT, numbersAttribute, pairAttribute } from './attributes';
import { onnxNode } from './onnx-nodes';
import type { Attributes, OpDefinition } from './op';
import type { Value } from './program';
import { expectRank, expectShape, input } from './shape-rules';
import { type Axis, onnxWindows, tensorFlowWindows, type Windows, windowsOf } from './windows';

/**
 * The mean of each window of the attribute `size` (height, width), `stride` apart, channel by channel. Pads do not
 * count, as in Keras: a window at the border is divided by what it covers. `pads` must be those of `same` or none.
 */
export const averagePool2d: OpDefinition = {
  name: 'averagePool2d',
  shape(inputs, attributes) {
    const x = input(inputs, 0);
    expectRank(x, 4, 'The pictures');
    const { height, width } = poolWindows(x.shape.slice(1), attributes);
    const [batch = 0, , , channels = 0] = x.shape;
    return { shape: [batch, height.count, width.count, channels] };
  },
  gradient: (build, { inputs, attributes }, dy) => [
    build.add('averagePool2dGradient', [dy], { ...attributes, length: input(inputs, 0).shape.slice(1, 3) }),
  ],
  tensorflow(graph, { inputs, attributes }) {
    const x = input(inputs, 0);
    return graph.node('AvgPool', [graph.get(x)], tensorFlowPool(x.shape.slice(1), attributes));
  },
  onnx(graph, { inputs, attributes }) {
    const x = input(inputs, 0);
    const name = onnxNode(graph, 'AveragePool', [graph.get(x, 'channelsFirst')], {
      kernel_shape: pairAttribute(attributes, 'size'),
      ...onnxWindows(poolWindows(x.shape.slice(1), attributes)),
      count_include_pad: 0,
    });
    return { name, layout: 'channelsFirst' };
  },
};

/** The adjoint: every gradient shared out evenly among the values of its window. `length`: height and width of these. */
export const averagePool2dGradient: OpDefinition = {
  name: 'averagePool2dGradient',
  shape(inputs, attributes) {
    const dy = input(inputs, 0);
    const size = numbersAttribute(attributes, 'length');
    const { height, width } = poolWindows(size, attributes);
    const [batch = 0, , , channels = 0] = dy.shape;
    expectShape(dy.shape, [batch, height.count, width.count, channels], 'The output gradient');
    return { shape: [batch, ...size, channels] };
  },
  gradient: (build, { attributes: { length: _, ...attributes } }, g) => [
    build.add('averagePool2d', [g], attributes),
  ],
  tensorflow(graph, { inputs, attributes, output }) {
    const operands = [graph.int32(output.shape), graph.get(input(inputs, 0))];
    return graph.node('AvgPoolGrad', operands, tensorFlowPool(output.shape.slice(1), attributes));
  },
  onnx(graph, { inputs, attributes, output }) {
    // ONNX has none: each window's share, laid out by a transposed convolution of ones, channel by channel.
    const dy = input(inputs, 0);
    const windows = poolWindows(output.shape.slice(1), attributes);
    const size = pairAttribute(attributes, 'size');
    const channels = dy.shape[3] ?? 0;
    const shares = sharesOf(windows);
    const shared = onnxNode(graph, 'Mul', [
      graph.get(dy, 'channelsFirst'),
      graph.float(shares, [1, 1, windows.height.count, windows.width.count]),
    ]);
    const ones = graph.float(new Array(channels * size[0] * size[1]).fill(1), [channels, 1, ...size]);
    const name = onnxNode(graph, 'ConvTranspose', [shared, ones], {
      kernel_shape: size,
      group: channels,
      ...onnxWindows(windows),
      output_padding: [windows.height.rest, windows.width.rest],
    });
    return { name, layout: 'channelsFirst' };
  },
};

function poolWindows(size: Value['shape'], attributes: Attributes): Windows {
  return windowsOf(attributes, size, pairAttribute(attributes, 'size'));
}

function tensorFlowPool(size: Value['shape'], attributes: Attributes) {
  const windows = tensorFlowWindows(poolWindows(size, attributes));
  if ('explicit_paddings' in windows) throw new Error('An average pool has the pads of “same”, or none.');
  return { ...FLOAT, ksize: { ints: [1, ...pairAttribute(attributes, 'size'), 1] }, ...windows };
}

/** One over how many values each window covers, row by row. */
function sharesOf({ height, width }: Windows): number[] {
  const across = coverage(width);
  return coverage(height).flatMap((rows) => across.map((columns) => 1 / (rows * columns)));
}

function coverage({ length, window, stride, before, count }: Axis): number[] {
  return Array.from({ length: count }, (_, at) => {
    const start = at * stride - before;
    return Math.min(start + window, length) - Math.max(start, 0);
  });
}
