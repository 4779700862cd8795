import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Tensor } from '../execute/executor';
import { readSafetensors } from './read-safetensors';
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
  expect(() => readSafetensors(bytes.subarray(0, bytes.length - 1))).toThrow(/other bytes than its shape/);
  expect(() => readSafetensors(new Uint8Array(3))).toThrow(/too short/);
});
