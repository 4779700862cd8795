import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Tensor } from '../execute/executor';
import { readSafetensors, readSafetensorsStream } from './read-safetensors';
import { safetensorsBytes } from './safetensors';

it('reads what was written, of every type', () => {
  const side = fc.integer({ min: 0, max: 3 });
  const tensor = fc
    .tuple(fc.array(side, { maxLength: 3 }), fc.constantFrom('float32', 'int32', 'uint8'), fc.integer())
    .map(([shape, dtype, first]): Tensor => {
      const length = shape.reduce((product, n) => product * n, 1);
      const values = Array.from({ length }, (_, at) => first + at);
      if (dtype === 'float32') return { dtype, shape, data: Float32Array.from(values) };
      if (dtype === 'int32') return { dtype, shape, data: Int32Array.from(values) };
      return { dtype: 'uint8', shape, data: Uint8Array.from(values) };
    });
  const names = fc.stringMatching(/^[a-z][a-z0-9-]{0,9}′?\/[a-z]{1,8}$/);
  fc.assert(
    fc.property(fc.array(fc.tuple(names, tensor)), fc.string(), (entries, note) => {
      const tensors = new Map(entries);
      const read = readSafetensors(safetensorsBytes(tensors, { note }));
      expect(read.metadata).toEqual({ note });
      expect(read.tensors).toEqual(tensors);
      // What is read from a file is a Buffer.
      expect(readSafetensors(Buffer.from(safetensorsBytes(tensors, {}))).tensors).toEqual(tensors);
    }),
  );
});

it('refuses a header longer than the file, places outside it, and what is no JSON', () => {
  const bytes = safetensorsBytes(
    new Map([['a', { dtype: 'uint8', shape: [4], data: new Uint8Array(4) }]]),
    {},
  );
  const withLength = (length: bigint) => {
    const changed = bytes.slice();
    new DataView(changed.buffer).setBigUint64(0, length, true);
    return changed;
  };
  expect(() => readSafetensors(withLength(2n ** 63n))).toThrow(/header is cut off/);
  expect(() => readSafetensors(withLength(3n))).toThrow();
  expect(() => readSafetensors(bytes.subarray(0, bytes.length - 1))).toThrow(/cut off: 1 bytes/);
  expect(() => readSafetensors(new Uint8Array(3))).toThrow(/too short/);
});

/** A file with this header, and so many bytes behind it. */
function withHeader(header: unknown, dataLength: number): Uint8Array {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = Buffer.alloc(8 + json.length + dataLength);
  bytes.writeBigUInt64LE(BigInt(json.length));
  json.copy(bytes, 8);
  return bytes;
}

const tensor = (begin: number, end: number, shape = [(end - begin) / 4], dtype = 'F32') => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});

it.each<[string, unknown, number, RegExp]>([
  ['a byte too many', { a: tensor(0, 8) }, 9, /1 bytes behind its tensors/],
  ['data that no tensor has', {}, 4, /4 bytes behind its tensors/],
  ['a gap before the first', { a: tensor(4, 12) }, 12, /4 bytes before “a” that belong to no tensor/],
  ['a gap between two', { a: tensor(0, 4), b: tensor(8, 12) }, 12, /4 bytes before “b”/],
  ['an overlap', { a: tensor(0, 8), b: tensor(4, 12) }, 12, /“b” overlaps/],
  ['two in one place', { a: tensor(0, 8), b: tensor(0, 8) }, 8, /overlaps/],
  ['one within another', { a: tensor(0, 12), b: tensor(4, 8) }, 12, /overlaps/],
  ['a tensor cut off', { a: tensor(0, 8) }, 7, /cut off/],
  ['a shape of another size', { a: tensor(0, 8, [3]) }, 8, /other bytes than its shape/],
  ['a type of another size', { a: tensor(0, 8, [8]) }, 8, /other bytes than its shape/],
  ['a place that runs backwards', { a: tensor(8, 0, [2]) }, 8, /other bytes than its shape/],
  ['a shape beyond all numbers', { a: tensor(0, 8, [2 ** 40, 2 ** 40]) }, 8, /other bytes than its shape/],
  ['a negative side', { a: tensor(0, 8, [-2]) }, 8, /described in a way that is not known/],
  ['half a side', { a: tensor(0, 6, [1.5]) }, 6, /described in a way that is not known/],
  ['a type that is not known', { a: tensor(0, 8, [1], 'F64') }, 8, /described in a way that is not known/],
  ['an entry more', { a: { ...tensor(0, 8), more: 1 } }, 8, /described in a way that is not known/],
  ['metadata that are no texts', { __metadata__: { a: 1 } }, 0, /metadata/],
  ['a list for a header', [], 0, /no list of tensors/],
  ['nothing for a header', 'null', 0, /no list of tensors/],
  ['half a header', '{"a": {"dtype"', 0, /no JSON/],
  ['no header', '', 0, /no JSON/],
])('refuses %s, read whole or as a stream', async (_, header, dataLength, why) => {
  const bytes = withHeader(header, dataLength);
  expect(() => readSafetensors(bytes)).toThrow(why);
  for (const size of [1, 5, 1000]) {
    await expect(readSafetensorsStream(piecesOf(bytes, size), bytes.length)).rejects.toThrow(why);
  }
});

it('takes tensors without a value wherever they lie, and a name like those of every object', async () => {
  const header = { b: tensor(0, 0, [0, 3]), __proto__2: tensor(0, 4), c: tensor(4, 4, [0]) };
  const bytes = withHeader(JSON.stringify(header).replace('__proto__2', '__proto__'), 4);
  const whole = readSafetensors(bytes);
  expect([...whole.tensors.keys()].sort()).toEqual(['__proto__', 'b', 'c']);
  expect(await readSafetensorsStream(piecesOf(bytes, 3), bytes.length)).toEqual(whole);
});

it('reads from a stream what it reads at once, in whatever pieces, and takes no memory for what is not expected', async () => {
  const tensors = new Map<string, Tensor>([
    ['a/kernel', { dtype: 'float32', shape: [2, 2], data: Float32Array.of(1, 2, 3, 1 / 3) }],
    ['b', { dtype: 'int32', shape: [2], data: Int32Array.of(-1, 7) }],
    ['c', { dtype: 'uint8', shape: [3], data: Uint8Array.of(1, 2, 3) }],
  ]);
  const bytes = safetensorsBytes(tensors, { note: 'ü' });
  for (const size of [1, 7, 8, 64, 4096]) {
    const read = await readSafetensorsStream(piecesOf(bytes, size), bytes.length);
    expect(read).toEqual({ metadata: { note: 'ü' }, tensors });
  }
  const refuse = () => {
    throw new Error('not these');
  };
  await expect(readSafetensorsStream(piecesOf(bytes, 64), bytes.length, refuse)).rejects.toThrow('not these');
  const cut = piecesOf(bytes.subarray(0, bytes.length - 2), 64);
  await expect(readSafetensorsStream(cut, bytes.length)).rejects.toThrow(/cut off/);
});

/** Bytes in pieces, all of them in one memory, as a file's are. */
async function* piecesOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const piece = new Uint8Array(size);
  for (let at = 0; at < bytes.length; at += size) {
    const part = bytes.subarray(at, at + size);
    piece.set(part);
    yield piece.subarray(0, part.length);
  }
}
