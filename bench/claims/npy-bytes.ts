import type { Tensor } from '../../main/execute/executor';

/** A tensor as an NPY file, form 1.0, of a machine that keeps numbers little-endian. */
export function npyBytes({ dtype, shape, data }: Tensor): Uint8Array {
  const descr = { uint8: '|u1', int32: '<i4', float32: '<f4' }[dtype];
  const literal = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  const length = Math.ceil((10 + literal.length + 1) / 64) * 64 - 10;
  const head = Buffer.alloc(10 + length, ' ');
  head.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  head.writeUInt16LE(length, 8);
  head.write(literal, 10, 'latin1');
  head[head.length - 1] = 0x0a;
  return Buffer.concat([head, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]);
}
