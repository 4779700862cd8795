import { elementwise } from './elementwise';

/** eˣ. */
export const exp = elementwise({
  name: 'exp',
  arity: 1,
  gradient: (build, { output }, dy) => [build.add('mul', [dy, output])],
  tensorflow: 'Exp',
  onnx: 'Exp',
});
