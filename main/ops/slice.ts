import { numbersAttribute } from './attributes';
import { commonLayout, onnxNode, permuted } from './onnx-nodes';
import type { OpDefinition } from './op';
import { input } from './shape-rules';

/** The window that starts at the attribute `begin` and has the size of the attribute `size`, one entry an axis. */
export const slice: OpDefinition = {
  name: 'slice',
  shape(inputs, attributes) {
    const { shape } = input(inputs, 0);
    const begin = numbersAttribute(attributes, 'begin');
    const size = numbersAttribute(attributes, 'size');
    const fits = shape.every((length, axis) => {
      const from = begin[axis] ?? -1;
      return from >= 0 && from + (size[axis] ?? Number.NaN) <= length;
    });
    if (!fits) throw new Error(`A window [${size}] at [${begin}] does not lie in [${shape}].`);
    return { shape: size };
  },
  gradient(build, { inputs, attributes }, dy) {
    const { shape } = input(inputs, 0);
    const before = numbersAttribute(attributes, 'begin');
    const size = numbersAttribute(attributes, 'size');
    const after = shape.map((length, axis) => length - (before[axis] ?? 0) - (size[axis] ?? 0));
    return [build.add('pad', [dy], { before, after })];
  },
  tensorflow: (graph, { inputs, attributes }) =>
    graph.node(
      'Slice',
      [
        graph.get(input(inputs, 0)),
        graph.int32(numbersAttribute(attributes, 'begin')),
        graph.int32(numbersAttribute(attributes, 'size')),
      ],
      { T: { type: 'float32' }, Index: { type: 'int32' } },
    ),
  onnx(graph, { inputs, attributes }) {
    const x = input(inputs, 0);
    const layout = commonLayout(graph, [x]);
    const begin = permuted(numbersAttribute(attributes, 'begin'), layout);
    const size = permuted(numbersAttribute(attributes, 'size'), layout);
    const end = begin.map((from, axis) => from + (size[axis] ?? 0));
    return {
      name: onnxNode(graph, 'Slice', [graph.get(x, layout), graph.int64(begin), graph.int64(end)]),
      layout,
    };
  },
};
