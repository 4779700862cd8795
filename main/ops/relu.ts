import { elementwise } from './elementwise';
import { onnxNode } from './onnx-nodes';

/** max(x, 0). */
export const relu = elementwise({
  name: 'relu',
  arity: 1,
  gradient: (build, { output }, dy) => [build.add('reluGradient', [dy, output])],
  tensorflow: 'Relu',
  onnx: 'Relu',
});

/** The gradient dy where y = relu(x) is positive, 0 elsewhere. Inputs dy, y. */
export const reluGradient = elementwise({
  name: 'reluGradient',
  arity: 2,
  tensorflow: 'ReluGrad',
  // y is never negative, so its sign is the mask.
  onnx: (graph, dy, y) => onnxNode(graph, 'Mul', [dy, onnxNode(graph, 'Sign', [y])]),
});
