import { crc32 } from 'node:zlib';

/**
 * Takes the place of `buffer-crc32` where programs are bundled (`scripts/node-programs.mjs`): yazl asks that for the CRC-32 of all
 * it writes, and Node's own is ten times as fast.
 */
export function unsigned(bytes: Uint8Array, before = 0): number {
  return crc32(bytes, before);
}
