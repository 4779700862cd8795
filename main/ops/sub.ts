import { elementwise } from './elementwise';
import { input, sumToShape } from './shape-rules';

/** a − b. */
export const sub = elementwise({
  name: 'sub',
  arity: 2,
  gradient(build, { inputs }, dy) {
    const negative = build.add('mul', [dy, build.constant(-1)]);
    return [
      sumToShape(build, dy, input(inputs, 0).shape),
      sumToShape(build, negative, input(inputs, 1).shape),
    ];
  },
  tensorflow: 'Sub',
  onnx: 'Sub',
});
