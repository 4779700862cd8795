import { FLOAT } from './attributes';
import { elementwise } from './elementwise';
import { onnxNode } from './onnx-nodes';
import { input } from './shape-rules';

/**
 * The binary cross-entropy of the probability sigmoid(z) against the target t, from the logit z: log(1 + eᶻ) − z·t,
 * which neither overflows nor loses the gradient where the sigmoid is saturated. Inputs z, t.
 */
export const sigmoidCrossEntropy = elementwise({
  name: 'sigmoidCrossEntropy',
  arity: 2,
  gradient(build, { inputs }, dy) {
    const [z, t] = [input(inputs, 0), input(inputs, 1)];
    const error = build.add('sub', [build.add('sigmoid', [z]), t]);
    const negative = build.add('mul', [dy, build.constant(-1)]);
    return [build.add('mul', [error, dy]), build.add('mul', [z, negative])];
  },
  tensorflow: (graph, z, t) =>
    graph.node('Sub', [graph.node('Softplus', [z], FLOAT), graph.node('Mul', [z, t], FLOAT)], FLOAT),
  // With p = sigmoid(z), which the gradient needs anyway: log(1 + eᶻ) = max(z, 0) − log max(p, 1 − p). Exact, for the
  // logarithm's argument is never below ½, and a quarter of the time of ONNX Runtime's softplus.
  onnx(graph, z, t) {
    const p = onnxNode(graph, 'Sigmoid', [z]);
    const rest = onnxNode(graph, 'Sub', [graph.float(1), p]);
    const log = onnxNode(graph, 'Log', [onnxNode(graph, 'Max', [p, rest])]);
    const linear = onnxNode(graph, 'Sub', [onnxNode(graph, 'Relu', [z]), onnxNode(graph, 'Mul', [z, t])]);
    return onnxNode(graph, 'Sub', [linear, log]);
  },
});
