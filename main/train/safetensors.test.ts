import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Tensor } from '../execute/executor';
import { safetensorsBytes } from './safetensors';

/** A reader written from the format's description, apart from the writer. */
function read(bytes: Uint8Array): { metadata: unknown; tensors: Map<string, Tensor> } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  const { __metadata__: metadata, ...entries } = JSON.parse(
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, 8 + length)),
  );
  const tensors = new Map<string, Tensor>();
  let expectedBegin = 0;
  for (const [name, entry] of Object.entries<{ dtype: string; shape: number[]; data_offsets: number[] }>(
    entries,
  )) {
    const [begin, end] = entry.data_offsets;
    expect(begin).toBe(expectedBegin);
    expectedBegin = end!;
    expect(entry.dtype).toBe('F32');
    const data = new Float32Array((end! - begin!) / 4);
    for (let i = 0; i < data.length; i++) data[i] = view.getFloat32(8 + length + begin! + 4 * i, true);
    tensors.set(name, { dtype: 'float32', shape: entry.shape, data });
  }
  expect(8 + length + expectedBegin).toBe(bytes.length);
  return { metadata, tensors };
}

describe('safetensorsBytes', () => {
  it('gives back every tensor, name and metadata', () => {
    const tensor = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }).chain((shape) => {
      const length = shape.reduce((product, n) => product * n, 1);
      return fc
        .float32Array({ minLength: length, maxLength: length })
        .map((data): Tensor => ({ dtype: 'float32', shape, data }));
    });
    // Names like 0 or 12 would be sorted first by JSON.parse; layers' names begin with a letter.
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,9}′?\/[a-z]{1,8}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(name, tensor)), fc.string(), (entries, hash) => {
        const tensors = new Map(entries);
        const back = read(safetensorsBytes(tensors, { hash }));
        expect(back.metadata).toEqual({ hash });
        expect([...back.tensors]).toEqual([...tensors]);
      }),
    );
  });

  it('begins the data at a multiple of 8 bytes', () => {
    const one: Tensor = { dtype: 'float32', shape: [1], data: Float32Array.of(0.5) };
    for (const hash of ['', 'a', 'ab', 'abc', 'abcdefg']) {
      const bytes = safetensorsBytes(new Map([['dense-1/bias', one]]), { hash });
      expect((bytes.length - 4) % 8).toBe(0);
    }
  });

  it('writes a view of a larger buffer as itself only', () => {
    const data = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
    const bytes = safetensorsBytes(new Map([['a/kernel', { dtype: 'float32', shape: [2], data }]]), {});
    expect([...(read(bytes).tensors.get('a/kernel')?.data ?? [])]).toEqual([2, 3]);
  });
});
