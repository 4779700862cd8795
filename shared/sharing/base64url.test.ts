import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromBase64url, toBase64url } from './base64url';
import { crc32 } from './crc32';

it('writes any bytes as letters of an address, as Node does, and reads them again', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const text = toBase64url(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64url'));
      expect(fromBase64url(text)).toEqual(bytes);
    }),
  );
});

it('reads nothing else', () => {
  for (const text of ['A', 'AB=', 'A B', 'A+/B', 'ABCDé']) expect(fromBase64url(text)).toBeNull();
});

it('has the checksum that PNG and zip have', () => {
  expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
  expect(crc32(Buffer.from(''))).toBe(0);
});
