import { elementwise } from './elementwise';
import { sumToShape } from './shape-rules';

/** a + b. */
export const add = elementwise({
  name: 'add',
  arity: 2,
  gradient: (build, node, dy) => node.inputs.map((value) => sumToShape(build, dy, value.shape)),
  tensorflow: 'AddV2',
  onnx: 'Add',
});
