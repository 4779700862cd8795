import { elementwise } from './elementwise';

/** The largest whole number that is not above x; no gradient flows. */
export const floor = elementwise({
  name: 'floor',
  arity: 1,
  gradient: () => [null],
  tensorflow: 'Floor',
  onnx: 'Floor',
});
