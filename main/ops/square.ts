import { elementwise } from './elementwise';
import { onnxNode } from './onnx-nodes';
import { input } from './shape-rules';

/** x². */
export const square = elementwise({
  name: 'square',
  arity: 1,
  gradient: (build, { inputs }, dy) => [
    build.add('mul', [input(inputs, 0), build.add('mul', [dy, build.constant(2)])]),
  ],
  tensorflow: 'Square',
  onnx: (graph, x) => onnxNode(graph, 'Mul', [x, x]),
});
