import { elementwise } from './elementwise';
import { input } from './shape-rules';

/** |x|; its slope at 0 is taken as 0. */
export const abs = elementwise({
  name: 'abs',
  arity: 1,
  gradient: (build, { inputs }, dy) => [build.add('mul', [dy, build.add('sign', [input(inputs, 0)])])],
  tensorflow: 'Abs',
  onnx: 'Abs',
});

/** −1, 0 or 1. */
export const sign = elementwise({
  name: 'sign',
  arity: 1,
  tensorflow: 'Sign',
  onnx: 'Sign',
});
