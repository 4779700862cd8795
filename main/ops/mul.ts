import { elementwise } from './elementwise';
import { input, sumToShape } from './shape-rules';

/** a · b. */
export const mul = elementwise({
  name: 'mul',
  arity: 2,
  gradient(build, { inputs }, dy) {
    const [a, b] = [input(inputs, 0), input(inputs, 1)];
    return [
      sumToShape(build, build.add('mul', [b, dy]), a.shape),
      sumToShape(build, build.add('mul', [a, dy]), b.shape),
    ];
  },
  tensorflow: 'Mul',
  onnx: 'Mul',
});
