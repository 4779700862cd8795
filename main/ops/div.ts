import { elementwise } from './elementwise';
import { input, sumToShape } from './shape-rules';

/** a / b. */
export const div = elementwise({
  name: 'div',
  arity: 2,
  gradient(build, { inputs, output }, dy) {
    const [a, b] = [input(inputs, 0), input(inputs, 1)];
    const da = build.add('div', [dy, b]);
    const db = build.add('mul', [build.add('mul', [da, output]), build.constant(-1)]);
    return [sumToShape(build, da, a.shape), sumToShape(build, db, b.shape)];
  },
  tensorflow: 'RealDiv',
  onnx: 'Div',
});
