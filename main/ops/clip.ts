import { FLOAT, numberAttribute } from './attributes';
import { elementwise } from './elementwise';
import { onnxNode } from './onnx-nodes';
import { input } from './shape-rules';

/** x held between the attributes `min` and `max`. */
export const clip = elementwise({
  name: 'clip',
  arity: 1,
  gradient: (build, { inputs, attributes }, dy) => [
    build.add('clipGradient', [dy, input(inputs, 0)], attributes),
  ],
  tensorflow(graph, x, _, { attributes }) {
    const min = graph.float(numberAttribute(attributes, 'min'));
    return graph.node('ClipByValue', [x, min, graph.float(numberAttribute(attributes, 'max'))], FLOAT);
  },
  onnx(graph, x, _, { attributes }) {
    const min = graph.float(numberAttribute(attributes, 'min'));
    return onnxNode(graph, 'Clip', [x, min, graph.float(numberAttribute(attributes, 'max'))]);
  },
});

/** The gradient dy where min ≤ x ≤ max, 0 elsewhere. Inputs dy, x. */
export const clipGradient = elementwise({
  name: 'clipGradient',
  arity: 2,
  tensorflow(graph, dy, x, { attributes }) {
    const above = graph.node('GreaterEqual', [x, graph.float(numberAttribute(attributes, 'min'))], FLOAT);
    const below = graph.node('LessEqual', [x, graph.float(numberAttribute(attributes, 'max'))], FLOAT);
    const inside = graph.node('LogicalAnd', [above, below]);
    return graph.node('SelectV2', [inside, dy, graph.float(0)], FLOAT);
  },
  onnx(graph, dy, x, { attributes }) {
    const above = onnxNode(graph, 'GreaterOrEqual', [x, graph.float(numberAttribute(attributes, 'min'))]);
    const below = onnxNode(graph, 'LessOrEqual', [x, graph.float(numberAttribute(attributes, 'max'))]);
    const inside = onnxNode(graph, 'And', [above, below]);
    return onnxNode(graph, 'Where', [inside, dy, graph.float(0)]);
  },
});
