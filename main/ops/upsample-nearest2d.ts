import { FLOAT, pairAttribute } from './attributes';
import { onnxNode } from './onnx-nodes';
import type { Attributes, OpDefinition } from './op';
import type { Value } from './program';
import { expectRank, input } from './shape-rules';

/** Every row and column of the pictures repeated as often as the attribute `factor` (rows, columns) says. */
export const upsampleNearest2d: OpDefinition = {
  name: 'upsampleNearest2d',
  shape(inputs, attributes) {
    const { factor, batch, height, width, channels } = measuresOf(inputs, attributes);
    return { shape: [batch, height * factor[0], width * factor[1], channels] };
  },
  gradient: (build, { attributes }, dy) => [build.add('sumPool2d', [dy], attributes)],
  tensorflow: (graph, { inputs, output }) =>
    graph.node(
      'ResizeNearestNeighbor',
      [graph.get(input(inputs, 0)), graph.int32(output.shape.slice(1, 3))],
      FLOAT,
    ),
  onnx(graph, { inputs, attributes }) {
    const factor = pairAttribute(attributes, 'factor');
    const x = graph.get(input(inputs, 0), 'channelsFirst');
    const scales = graph.float([1, 1, ...factor], [4]);
    const name = onnxNode(graph, 'Resize', [x, '', scales], {
      mode: 'nearest',
      coordinate_transformation_mode: 'asymmetric',
      nearest_mode: 'floor',
    });
    return { name, layout: 'channelsFirst' };
  },
};

/** The sum of every patch of the pictures, `factor` (rows, columns) large, whose sides are multiples of it. */
export const sumPool2d: OpDefinition = {
  name: 'sumPool2d',
  shape(inputs, attributes) {
    const { factor, batch, height, width, channels } = measuresOf(inputs, attributes);
    if (height % factor[0] !== 0 || width % factor[1] !== 0) {
      throw new Error(`[${[batch, height, width, channels]}] is not made of ${factor.join('×')} patches.`);
    }
    return { shape: [batch, height / factor[0], width / factor[1], channels] };
  },
  gradient: (build, { attributes }, dy) => [build.add('upsampleNearest2d', [dy], attributes)],
  tensorflow(graph, { inputs, attributes }) {
    const factor = pairAttribute(attributes, 'factor');
    const window = { ints: [1, ...factor, 1] };
    const mean = graph.node('AvgPool', [graph.get(input(inputs, 0))], {
      ...FLOAT,
      ksize: window,
      strides: window,
      padding: { string: 'VALID' },
    });
    return graph.node('Mul', [mean, graph.float(factor[0] * factor[1])], FLOAT);
  },
  onnx(graph, { inputs, attributes }) {
    const factor = pairAttribute(attributes, 'factor');
    const window = { kernel_shape: factor, strides: factor };
    const mean = onnxNode(graph, 'AveragePool', [graph.get(input(inputs, 0), 'channelsFirst')], window);
    return {
      name: onnxNode(graph, 'Mul', [mean, graph.float(factor[0] * factor[1])]),
      layout: 'channelsFirst',
    };
  },
};

/** The factor, and the measures of the pictures. @throws where the input is no batch of pictures */
function measuresOf(inputs: readonly Value[], attributes: Attributes) {
  const pictures = input(inputs, 0);
  expectRank(pictures, 4, 'The pictures');
  const [batch = 0, height = 0, width = 0, channels = 0] = pictures.shape;
  return { factor: pairAttribute(attributes, 'factor'), batch, height, width, channels };
}
