import { elementwise } from './elementwise';
import { onnxNode } from './onnx-nodes';

/** Keras 3's default negative slope. */
const SLOPE = 0.2;
const ATTRIBUTES = { T: { type: 'float32' }, alpha: { float: SLOPE } } as const;

/** x where positive, 0.2·x elsewhere. */
export const leakyRelu = elementwise({
  name: 'leakyRelu',
  arity: 1,
  gradient: (build, { output }, dy) => [build.add('leakyReluGradient', [dy, output])],
  tensorflow: (graph, x) => graph.node('LeakyRelu', [x], ATTRIBUTES),
  onnx: (graph, x) => onnxNode(graph, 'LeakyRelu', [x], { alpha: { float: SLOPE } }),
});

/** The gradient from the output, whose sign is the input's. Inputs dy, y. */
export const leakyReluGradient = elementwise({
  name: 'leakyReluGradient',
  arity: 2,
  tensorflow: (graph, dy, y) => graph.node('LeakyReluGrad', [dy, y], ATTRIBUTES),
  onnx(graph, dy, y) {
    const slope = onnxNode(graph, 'Max', [onnxNode(graph, 'Sign', [y]), graph.float(SLOPE)]);
    return onnxNode(graph, 'Mul', [dy, slope]);
  },
});
