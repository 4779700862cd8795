import { elementwise } from './elementwise';
import { onnxNode } from './onnx-nodes';

/** x where positive, eˣ − 1 elsewhere (Clevert et al. 2016, alpha 1 as in Keras). */
export const elu = elementwise({
  name: 'elu',
  arity: 1,
  gradient: (build, { output }, dy) => [build.add('eluGradient', [dy, output])],
  tensorflow: 'Elu',
  onnx: 'Elu',
});

/** The gradient from the output: dy · (min(y, 0) + 1). Inputs dy, y. */
export const eluGradient = elementwise({
  name: 'eluGradient',
  arity: 2,
  tensorflow: 'EluGrad',
  onnx(graph, dy, y) {
    const negative = onnxNode(graph, 'Min', [y, graph.float(0)]);
    return onnxNode(graph, 'Mul', [dy, onnxNode(graph, 'Add', [negative, graph.float(1)])]);
  },
});
