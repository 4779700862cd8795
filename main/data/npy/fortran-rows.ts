import type { FileHandle } from 'node:fs/promises';
import { valueCount } from '../../../shared/tensors/shape';
import type { NpyHeader } from './npy-form';

/**
 * The rows of an NPY file in Fortran order, the first axis fastest, gathered into blocks in row order: a block's values at
 * one place of a sample lie side by side in the file.
 *
 * @param block what they are gathered into, again and again
 * @returns how many bytes of it are good
 */
export async function* fortranBytes(
  file: FileHandle,
  { dimensions, type, headerBytes }: NpyHeader,
  block: Uint8Array,
): AsyncIterable<number> {
  const [count = 0, ...shape] = dimensions;
  const size = valueCount(shape);
  const { bytes } = type;
  const most = block.length / (size * bytes);
  const order = fortranOrder(shape);
  const column = new Uint8Array(most * bytes);
  for (let from = 0; from < count; from += most) {
    const rows = Math.min(most, count - from);
    for (const [place, columnOf] of order.entries()) {
      const offset = headerBytes + (columnOf * count + from) * bytes;
      const { bytesRead } = await file.read(column, 0, rows * bytes, offset);
      if (bytesRead < rows * bytes) throw new Error('The file became shorter while it was read.');
      for (let row = 0; row < rows; row++) {
        const at = (row * size + place) * bytes;
        for (let byte = 0; byte < bytes; byte++) block[at + byte] = column[row * bytes + byte]!;
      }
    }
    yield rows * size * bytes;
  }
}

/** For each place of a sample in row order: which place it has with the first axis fastest. */
function fortranOrder(shape: readonly number[]): Int32Array {
  const order = new Int32Array(valueCount(shape));
  for (let place = 0; place < order.length; place++) {
    let rest = place;
    let inFortran = 0;
    // From the last axis, fastest in row order, to the first.
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const length = shape[axis]!;
      inFortran += (rest % length) * shape.slice(0, axis).reduce((stride, side) => stride * side, 1);
      rest = Math.floor(rest / length);
    }
    order[place] = inFortran;
  }
  return order;
}
