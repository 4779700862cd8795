import { valueCount } from '../../shared/tensors/shape';
import { FLOAT, numbersAttribute } from './attributes';
import { onnxNode } from './onnx-nodes';
import type { OpDefinition } from './op';
import { input } from './shape-rules';

/** The same numbers, in channels-last order, under the shape of the attribute `shape`. */
export const reshape: OpDefinition = {
  name: 'reshape',
  shape(inputs, attributes) {
    const from = input(inputs, 0).shape;
    const shape = numbersAttribute(attributes, 'shape');
    if (valueCount(from) !== valueCount(shape)) throw new Error(`[${from}] can't be reshaped to [${shape}].`);
    return { shape };
  },
  gradient: (build, { inputs }, dy) => [build.add('reshape', [dy], { shape: input(inputs, 0).shape })],
  tensorflow: (graph, { inputs, attributes }) =>
    graph.node(
      'Reshape',
      [graph.get(input(inputs, 0)), graph.int32(numbersAttribute(attributes, 'shape'))],
      FLOAT,
    ),
  onnx: (graph, { inputs, attributes }) =>
    onnxNode(graph, 'Reshape', [
      graph.get(input(inputs, 0)),
      graph.int64(numbersAttribute(attributes, 'shape')),
    ]),
};
