import { elementwise } from './elementwise';
import { input } from './shape-rules';

/** The sine of an angle in radians. */
export const sin = elementwise({
  name: 'sin',
  arity: 1,
  gradient: (build, { inputs }, dy) => [build.add('mul', [dy, build.add('cos', [input(inputs, 0)])])],
  tensorflow: 'Sin',
  onnx: 'Sin',
});

/** The cosine of an angle in radians. */
export const cos = elementwise({
  name: 'cos',
  arity: 1,
  gradient(build, { inputs }, dy) {
    const slope = build.add('mul', [build.add('sin', [input(inputs, 0)]), build.constant(-1)]);
    return [build.add('mul', [dy, slope])];
  },
  tensorflow: 'Cos',
  onnx: 'Cos',
});
