import { expect, it } from 'vitest';
import { bytesOfFloats, floatsOfBytes } from './float-bytes';

it('numbers come back from bytes at any place of their buffer, and of a Buffer', () => {
  const bytes = bytesOfFloats([1.5, -2, 0.25]);
  const frame = new Uint8Array(bytes.length + 3);
  frame.set(bytes, 1);
  const within = frame.subarray(1, 1 + bytes.length);
  expect([...floatsOfBytes(within)]).toEqual([1.5, -2, 0.25]);
  expect([...floatsOfBytes(Buffer.from(frame.buffer, 1, bytes.length))]).toEqual([1.5, -2, 0.25]);
});

it('a last number that is not whole is left out', () => {
  expect([...floatsOfBytes(bytesOfFloats([1, 2]).subarray(0, 7))]).toEqual([1]);
});
