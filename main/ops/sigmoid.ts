import { elementwise } from './elementwise';
import { onnxNode } from './onnx-nodes';

/** 1 / (1 + e⁻ˣ). */
export const sigmoid = elementwise({
  name: 'sigmoid',
  arity: 1,
  gradient: (build, { output }, dy) => [build.add('sigmoidGradient', [dy, output])],
  tensorflow: 'Sigmoid',
  onnx: 'Sigmoid',
});

/** The gradient from the output: dy · y · (1 − y). Inputs dy, y. */
export const sigmoidGradient = elementwise({
  name: 'sigmoidGradient',
  arity: 2,
  tensorflow: (graph, dy, y) => graph.node('SigmoidGrad', [y, dy], { T: { type: 'float32' } }),
  onnx(graph, dy, y) {
    const slope = onnxNode(graph, 'Mul', [y, onnxNode(graph, 'Sub', [graph.float(1), y])]);
    return onnxNode(graph, 'Mul', [dy, slope]);
  },
});
