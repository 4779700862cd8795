import type { Tensor as OrtTensor } from 'onnxruntime-node';
import type { DType } from '../../ops/program';

/** The elements of a tensor. */
export type Numbers = Float32Array | Int32Array | Uint8Array;

const ARRAYS = { float32: Float32Array, int32: Int32Array, uint8: Uint8Array } as const;

/** How many bytes so many elements take. */
export function byteCount(dtype: DType, count: number): number {
  return count * ARRAYS[dtype].BYTES_PER_ELEMENT;
}

/** Room for so many elements, all 0. */
export function numbersFor(dtype: DType, count: number): Numbers {
  return new ARRAYS[dtype](count);
}

/** Elements that lie in a memory that threads share. */
export function numbersAt(buffer: SharedArrayBuffer, at: number, dtype: DType, count: number): Numbers {
  switch (dtype) {
    case 'float32':
      return new Float32Array(buffer, at, count);
    case 'int32':
      return new Int32Array(buffer, at, count);
    case 'uint8':
      return new Uint8Array(buffer, at, count);
  }
}

/** What ONNX Runtime handed back. */
export function numbersOf(tensor: OrtTensor | undefined): Numbers {
  const data = tensor?.data;
  if (data instanceof Float32Array || data instanceof Int32Array || data instanceof Uint8Array) return data;
  throw new Error(`ONNX Runtime handed back ${tensor ? `numbers of type ${tensor.type}` : 'nothing'}`);
}
