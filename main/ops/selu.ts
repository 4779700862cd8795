import { elementwise } from './elementwise';
import { onnxNode } from './onnx-nodes';

/** Klambauer et al. 2017. */
const ALPHA = 1.6732632423543772;
const SCALE = 1.0507009873554805;

/** scale · x where positive, scale · alpha · (eˣ − 1) elsewhere. */
export const selu = elementwise({
  name: 'selu',
  arity: 1,
  gradient: (build, { output }, dy) => [build.add('seluGradient', [dy, output])],
  tensorflow: 'Selu',
  onnx: (graph, x) => onnxNode(graph, 'Selu', [x], { alpha: { float: ALPHA }, gamma: { float: SCALE } }),
});

/** The gradient from the output: dy · (y > 0 ? scale : y + scale · alpha). Inputs dy, y. */
export const seluGradient = elementwise({
  name: 'seluGradient',
  arity: 2,
  tensorflow: 'SeluGrad',
  onnx(graph, dy, y) {
    const positive = onnxNode(graph, 'Greater', [y, graph.float(0)]);
    const negative = onnxNode(graph, 'Add', [y, graph.float(SCALE * ALPHA)]);
    return onnxNode(graph, 'Mul', [dy, onnxNode(graph, 'Where', [positive, graph.float(SCALE), negative])]);
  },
});
