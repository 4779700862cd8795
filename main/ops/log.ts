import { elementwise } from './elementwise';
import { input } from './shape-rules';

/** The natural logarithm; its argument must be positive. */
export const log = elementwise({
  name: 'log',
  arity: 1,
  gradient: (build, { inputs }, dy) => [build.add('div', [dy, input(inputs, 0)])],
  tensorflow: 'Log',
  onnx: 'Log',
});
