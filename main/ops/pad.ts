import { numbersAttribute } from './attributes';
import { commonLayout, onnxNode, permuted } from './onnx-nodes';
import type { OpDefinition } from './op';
import { input } from './shape-rules';

/** Zeros around a value: the attributes `before` and `after` have one entry an axis. */
export const pad: OpDefinition = {
  name: 'pad',
  shape(inputs, attributes) {
    const { shape } = input(inputs, 0);
    const before = numbersAttribute(attributes, 'before');
    const after = numbersAttribute(attributes, 'after');
    if (before.length !== shape.length || after.length !== shape.length) {
      throw new Error(`[${shape}] can't be padded by [${before}] and [${after}].`);
    }
    return { shape: shape.map((length, axis) => length + (before[axis] ?? 0) + (after[axis] ?? 0)) };
  },
  gradient(build, { inputs, attributes }, dy) {
    const { shape } = input(inputs, 0);
    return [build.add('slice', [dy], { begin: numbersAttribute(attributes, 'before'), size: shape })];
  },
  tensorflow(graph, { inputs, attributes }) {
    const before = numbersAttribute(attributes, 'before');
    const after = numbersAttribute(attributes, 'after');
    const pairs = before.flatMap((zeros, axis) => [zeros, after[axis] ?? 0]);
    return graph.node('Pad', [graph.get(input(inputs, 0)), graph.int32(pairs, [before.length, 2])], {
      T: { type: 'float32' },
      Tpaddings: { type: 'int32' },
    });
  },
  onnx(graph, { inputs, attributes }) {
    const x = input(inputs, 0);
    const layout = commonLayout(graph, [x]);
    const before = permuted(numbersAttribute(attributes, 'before'), layout);
    const after = permuted(numbersAttribute(attributes, 'after'), layout);
    return {
      name: onnxNode(graph, 'Pad', [graph.get(x, layout), graph.int64([...before, ...after])]),
      layout,
    };
  },
};
