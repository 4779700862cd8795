import { elementwise } from './elementwise';
import { onnxNode } from './onnx-nodes';

/** The hyperbolic tangent. */
export const tanh = elementwise({
  name: 'tanh',
  arity: 1,
  gradient: (build, { output }, dy) => [build.add('tanhGradient', [dy, output])],
  tensorflow: 'Tanh',
  onnx: 'Tanh',
});

/** The gradient from the output: dy · (1 − y²). Inputs dy, y. */
export const tanhGradient = elementwise({
  name: 'tanhGradient',
  arity: 2,
  tensorflow: (graph, dy, y) => graph.node('TanhGrad', [y, dy], { T: { type: 'float32' } }),
  onnx(graph, dy, y) {
    const slope = onnxNode(graph, 'Sub', [graph.float(1), onnxNode(graph, 'Mul', [y, y])]);
    return onnxNode(graph, 'Mul', [dy, slope]);
  },
});
