import { crc32 } from './crc32';

/** A piece of a PNG file (W3C, Portable Network Graphics, third edition, section 5.3). */
export interface PngChunk {
  /** Four letters: `IHDR`, `IDAT`, `iTXt`. */
  readonly type: string;
  readonly data: Uint8Array;
  /** Where the next one begins in the file. */
  readonly end: number;
  /** Whether its checksum is that of its type and data. */
  isWhole(): boolean;
}

/** Thrown for what is no PNG; the message says why, as the end of a sentence. */
export class NotPngError extends Error {
  override readonly name = 'NotPngError';
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Length, type and checksum. */
const FRAME = 12;
/** More than any writer makes: 8 KiB a piece of the picture would be 800 MB. */
const MOST_CHUNKS = 100_000;

/** Whether a file begins as every PNG does. */
export function isPng(bytes: Uint8Array): boolean {
  return bytes.length >= SIGNATURE.length && SIGNATURE.every((byte, at) => bytes[at] === byte);
}

/**
 * The pieces of a PNG, up to its end; what follows that is not looked at. Nothing is copied or decoded, and no length is believed that
 * leads out of the file.
 *
 * @throws NotPngError where it is none, is cut off, or has more than `most` pieces
 */
export function* pngChunks(png: Uint8Array, most = MOST_CHUNKS): Generator<PngChunk> {
  if (!isPng(png)) throw new NotPngError('it does not begin like one');
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  let at = SIGNATURE.length;
  for (let count = 0; ; count += 1) {
    if (count >= most) throw new NotPngError(`it has more than ${most.toLocaleString('en')} parts`);
    if (at + FRAME > png.length) throw new NotPngError('it ends too soon');
    const length = view.getUint32(at);
    const end = at + FRAME + length;
    if (end > png.length)
      throw new NotPngError(`a part of ${length.toLocaleString('en')} bytes leads out of it`);
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    if (!/^[A-Za-z]{4}$/.test(type)) throw new NotPngError('a part of it has no name');
    if (count === 0 && (type !== 'IHDR' || length !== 13)) throw new NotPngError('it has no head');
    const covered = png.subarray(at + 4, at + 8 + length);
    const sum = view.getUint32(at + 8 + length);
    yield { type, data: png.subarray(at + 8, at + 8 + length), end, isWhole: () => crc32(covered) === sum };
    if (type === 'IEND') return;
    at = end;
  }
}

/** A chunk as bytes, with its length and checksum. */
export function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(FRAME + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let place = 0; place < 4; place += 1) bytes[4 + place] = type.charCodeAt(place);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}
