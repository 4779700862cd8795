import type { Tensor } from './executor';

/** A number as a float32 tensor without axes. */
export function scalarTensor(value: number): Tensor {
  return { dtype: 'float32', shape: [], data: Float32Array.of(value) };
}
