import { FLOAT } from './attributes';
import { elementwise } from './elementwise';
import { onnxNode } from './onnx-nodes';
import type { OnnxGraph, TensorFlowGraph } from './op';
import { input } from './shape-rules';

/**
 * x · Φ(x), with Φ the normal distribution's cumulative function by erf (Hendrycks & Gimpel 2016; the exact form,
 * Keras' default).
 */
export const gelu = elementwise({
  name: 'gelu',
  arity: 1,
  gradient: (build, { inputs }, dy) => [build.add('geluGradient', [dy, input(inputs, 0)])],
  tensorflow: (graph, x) => graph.node('Mul', [x, tensorFlowCumulative(graph, x)], FLOAT),
  onnx: (graph, x) => onnxNode(graph, 'Mul', [x, onnxCumulative(graph, x)]),
});

/** dy · (Φ(x) + x · φ(x)), φ being the normal density. Inputs dy, x. */
export const geluGradient = elementwise({
  name: 'geluGradient',
  arity: 2,
  tensorflow(graph, dy, x) {
    const exponent = graph.node('Mul', [graph.node('Square', [x], FLOAT), graph.float(-0.5)], FLOAT);
    const bell = graph.node('Mul', [graph.node('Exp', [exponent], FLOAT), graph.float(DENSITY)], FLOAT);
    const rise = graph.node('Mul', [x, bell], FLOAT);
    const slope = graph.node('AddV2', [tensorFlowCumulative(graph, x), rise], FLOAT);
    return graph.node('Mul', [dy, slope], FLOAT);
  },
  onnx(graph, dy, x) {
    const exponent = onnxNode(graph, 'Mul', [onnxNode(graph, 'Mul', [x, x]), graph.float(-0.5)]);
    const bell = onnxNode(graph, 'Mul', [onnxNode(graph, 'Exp', [exponent]), graph.float(DENSITY)]);
    const rise = onnxNode(graph, 'Mul', [x, bell]);
    return onnxNode(graph, 'Mul', [dy, onnxNode(graph, 'Add', [onnxCumulative(graph, x), rise])]);
  },
});

/** φ(0) = 1 / √(2π). */
const DENSITY = 1 / Math.sqrt(2 * Math.PI);

function tensorFlowCumulative(graph: TensorFlowGraph, x: string): string {
  const scaled = graph.node('Mul', [x, graph.float(Math.SQRT1_2)], FLOAT);
  const sum = graph.node('AddV2', [graph.node('Erf', [scaled], FLOAT), graph.float(1)], FLOAT);
  return graph.node('Mul', [sum, graph.float(0.5)], FLOAT);
}

function onnxCumulative(graph: OnnxGraph, x: string): string {
  const scaled = onnxNode(graph, 'Mul', [x, graph.float(Math.SQRT1_2)]);
  const sum = onnxNode(graph, 'Add', [onnxNode(graph, 'Erf', [scaled]), graph.float(1)]);
  return onnxNode(graph, 'Mul', [sum, graph.float(0.5)]);
}
