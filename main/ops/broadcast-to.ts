import { FLOAT, numbersAttribute } from './attributes';
import { onnxNode } from './onnx-nodes';
import type { OpDefinition } from './op';
import { input } from './shape-rules';

/** A scalar, or a value with the same number of axes, repeated along its axes of length 1 to the attribute `shape`. */
export const broadcastTo: OpDefinition = {
  name: 'broadcastTo',
  shape(inputs, attributes) {
    const from = input(inputs, 0).shape;
    const shape = numbersAttribute(attributes, 'shape');
    const fits = from.length === shape.length && from.every((n, axis) => n === 1 || n === shape[axis]);
    if (from.length > 0 && !fits) throw new Error(`[${from}] can't be repeated to [${shape}].`);
    return { shape };
  },
  gradient(build, { inputs, attributes }, dy) {
    const from = input(inputs, 0).shape;
    const shape = numbersAttribute(attributes, 'shape');
    const axes = shape.flatMap((length, axis) => (from[axis] === length ? [] : [axis]));
    const sum = build.add('reduceSum', [dy], { axes });
    return [from.length === 0 ? sum : build.add('reshape', [sum], { shape: from })];
  },
  tensorflow: (graph, { inputs, attributes }) =>
    graph.node(
      'BroadcastTo',
      [graph.get(input(inputs, 0)), graph.int32(numbersAttribute(attributes, 'shape'))],
      FLOAT,
    ),
  onnx: (graph, { inputs, attributes }) =>
    onnxNode(graph, 'Expand', [
      graph.get(input(inputs, 0)),
      graph.int64(numbersAttribute(attributes, 'shape')),
    ]),
};
