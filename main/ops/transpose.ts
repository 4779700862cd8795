import { FLOAT, numbersAttribute } from './attributes';
import { onnxNode } from './onnx-nodes';
import type { OpDefinition } from './op';
import { allAxes, input } from './shape-rules';

/** The axes in another order: the attribute `axes` tells which axis of x comes first, second, … */
export const transpose: OpDefinition = {
  name: 'transpose',
  shape(inputs, attributes) {
    const { shape } = input(inputs, 0);
    const axes = numbersAttribute(attributes, 'axes');
    const isOrder =
      axes.length === shape.length && allAxes(shape.length).every((axis) => axes.includes(axis));
    if (!isOrder) throw new Error(`[${axes}] is no order of the axes of [${shape}].`);
    return { shape: axes.map((axis) => shape[axis] ?? 0) };
  },
  gradient(build, { attributes }, dy) {
    const axes = numbersAttribute(attributes, 'axes');
    return [build.add('transpose', [dy], { axes: axes.map((_, axis) => axes.indexOf(axis)) })];
  },
  tensorflow: (graph, { inputs, attributes }) =>
    graph.node(
      'Transpose',
      [graph.get(input(inputs, 0)), graph.int32(numbersAttribute(attributes, 'axes'))],
      {
        ...FLOAT,
        Tperm: { type: 'int32' },
      },
    ),
  onnx: (graph, { inputs, attributes }) =>
    onnxNode(graph, 'Transpose', [graph.get(input(inputs, 0))], {
      perm: numbersAttribute(attributes, 'axes'),
    }),
};
