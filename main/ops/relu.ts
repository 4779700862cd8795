import { elementwise } from './elementwise';
import { onnxNode } from './onnx-nodes';

/** A slope that takes every normal float32 above 0 to 1 or more. */
const STEEPEST = 2 ** 127;

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
  // The mask is 1 where y > 0 and 0 where it is 0: a steep ramp cut off at 1. Faster than a comparison or a sign.
  onnx(graph, dy, y) {
    const mask = onnxNode(graph, 'HardSigmoid', [y], { alpha: { float: STEEPEST }, beta: { float: 0 } });
    return onnxNode(graph, 'Mul', [dy, mask]);
  },
});
