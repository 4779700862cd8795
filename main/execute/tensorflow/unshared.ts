import type { Tensor } from '../executor';

/** No multiple of 64. */
const OFF = 4;

/**
 * A copy that TensorFlow copies in turn, instead of sharing it.
 *
 * `TF_NewTensor` shares an array that happens to lie at a multiple of 64 bytes. A variable then holds it until an update takes
 * its place, on a thread of TensorFlow's; there tfjs-node lets go of the array by Node-API, which JavaScript's thread
 * alone may call. That has broken memory (aborts in `CheckTypeAndIsAligned`). What lies elsewhere is copied and let go at once.
 */
export function unshared({ dtype, shape, data }: Tensor): Tensor {
  const buffer = new ArrayBuffer(OFF + data.byteLength);
  new Uint8Array(buffer, OFF).set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  if (dtype === 'float32') return { dtype, shape, data: new Float32Array(buffer, OFF) };
  if (dtype === 'int32') return { dtype, shape, data: new Int32Array(buffer, OFF) };
  return { dtype, shape, data: new Uint8Array(buffer, OFF) };
}
