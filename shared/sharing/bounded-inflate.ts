import { Inflate, Unzlib } from 'fflate';

/** Compressed bytes that are given to the decoder at a time: it makes at most 1,032 times as many of them. */
const PIECE = 1024;

/** Thrown where more would come out than was allowed. */
export class TooMuchError extends Error {
  override readonly name = 'TooMuchError';
}

/**
 * Decompresses deflate (RFC 1951), or zlib (RFC 1950) around it, and stops while it still goes on where more than `limit` bytes come
 * out, whatever is said of their number: a bomb costs no more memory than that and one piece.
 *
 * @throws TooMuchError beyond the limit
 * @throws Error where the bytes are no such stream, or end too soon
 */
export function inflateWithin(
  bytes: Uint8Array,
  limit: number,
  form: 'zlib' | { readonly dictionary: Uint8Array },
): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  const take = (part: Uint8Array) => {
    length += part.length;
    if (length > limit) throw new TooMuchError(`more than ${limit} bytes`);
    parts.push(part.slice());
  };
  const stream = form === 'zlib' ? new Unzlib(take) : new Inflate(form, take);
  for (let start = 0; start < bytes.length; start += PIECE) {
    stream.push(bytes.subarray(start, start + PIECE), start + PIECE >= bytes.length);
  }
  if (bytes.length === 0) throw new Error('nothing is there');
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
