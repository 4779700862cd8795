import { FLOAT, numberAttribute } from './attributes';
import { elementwise } from './elementwise';
import { onnxNode } from './onnx-nodes';
import type { ProgramNode } from './program';

/** Keras 3's default negative slope. */
const SLOPE = 0.2;
const slopeOf = ({ attributes }: ProgramNode) =>
  'slope' in attributes ? numberAttribute(attributes, 'slope') : SLOPE;

/** x where positive, slope·x elsewhere (0.2 unless told). */
export const leakyRelu = elementwise({
  name: 'leakyRelu',
  arity: 1,
  gradient: (build, { output, attributes }, dy) => [build.add('leakyReluGradient', [dy, output], attributes)],
  tensorflow: (graph, x, _, node) =>
    graph.node('LeakyRelu', [x], { ...FLOAT, alpha: { float: slopeOf(node) } }),
  onnx: (graph, x, _, node) => onnxNode(graph, 'LeakyRelu', [x], { alpha: { float: slopeOf(node) } }),
});

/** The gradient from the output, whose sign is the input's. Inputs dy, y. */
export const leakyReluGradient = elementwise({
  name: 'leakyReluGradient',
  arity: 2,
  tensorflow: (graph, dy, y, node) =>
    graph.node('LeakyReluGrad', [dy, y], { ...FLOAT, alpha: { float: slopeOf(node) } }),
  onnx(graph, dy, y, node) {
    const slope = onnxNode(graph, 'Max', [onnxNode(graph, 'Sign', [y]), graph.float(slopeOf(node))]);
    return onnxNode(graph, 'Mul', [dy, slope]);
  },
});
