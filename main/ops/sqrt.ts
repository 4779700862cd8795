import { elementwise } from './elementwise';

/** The square root; its argument must be positive where a gradient is wanted. */
export const sqrt = elementwise({
  name: 'sqrt',
  arity: 1,
  gradient: (build, { output }, dy) => [
    build.add('mul', [build.add('div', [dy, output]), build.constant(0.5)]),
  ],
  tensorflow: 'Sqrt',
  onnx: 'Sqrt',
});
