import { elementwise } from './elementwise';
import { input } from './shape-rules';

/** log(1 + eˣ). */
export const softplus = elementwise({
  name: 'softplus',
  arity: 1,
  gradient: (build, { inputs }, dy) => [build.add('mul', [build.add('sigmoid', [input(inputs, 0)]), dy])],
  tensorflow: 'Softplus',
  onnx: 'Softplus',
});
