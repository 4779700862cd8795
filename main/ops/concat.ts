import { numberAttribute } from './attributes';
import { CHANNELS_FIRST_AXES, commonLayout, onnxNode } from './onnx-nodes';
import type { OpDefinition } from './op';
import { expectShape, input } from './shape-rules';

/** Joins values along the axis of the attribute `axis`. */
export const concat: OpDefinition = {
  name: 'concat',
  shape(inputs, attributes) {
    const axis = numberAttribute(attributes, 'axis');
    const { shape } = input(inputs, 0);
    let length = 0;
    for (const { shape: part } of inputs) {
      expectShape(part.with(axis, 0), shape.with(axis, 0), 'A part, but for the axis it is joined along,');
      length += part[axis] ?? 0;
    }
    return { shape: shape.with(axis, length) };
  },
  gradient(build, { inputs, attributes }, dy) {
    const axis = numberAttribute(attributes, 'axis');
    let offset = 0;
    return inputs.map(({ shape }) => {
      const begin = shape.map((_, a) => (a === axis ? offset : 0));
      offset += shape[axis] ?? 0;
      return build.add('slice', [dy], { begin, size: shape });
    });
  },
  tensorflow: (graph, { inputs, attributes }) =>
    graph.node(
      'ConcatV2',
      [...inputs.map((value) => graph.get(value)), graph.int32(numberAttribute(attributes, 'axis'))],
      { T: { type: 'float32' }, N: { int: inputs.length }, Tidx: { type: 'int32' } },
    ),
  onnx(graph, { inputs, attributes }) {
    const layout = commonLayout(graph, inputs);
    const axis = numberAttribute(attributes, 'axis');
    const place = layout === 'channelsFirst' ? (CHANNELS_FIRST_AXES[axis] ?? axis) : axis;
    const parts = inputs.map((value) => graph.get(value, layout));
    return { name: onnxNode(graph, 'Concat', parts, { axis: place }), layout };
  },
};
