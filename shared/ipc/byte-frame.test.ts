import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMessage, encodeMessage, GarbageError } from './byte-frame';
import { ByteTransport, PIECE_BYTES } from './byte-transport';

const text = {
  encode: (value: string) => new TextEncoder().encode(value),
  decode: (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes),
};
const limits = { bytes: 1_000_000, depth: 96, binaries: 64 };

const message = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

describe('a message as bytes', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(message, (value) => {
        expect(decodeMessage(encodeMessage(value, text), text, limits)).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps arrays apart from objects that look like places', () => {
    const value = { a: null, pixels: new Uint8Array([1, 2]), places: [['pixels']], $binary: 0 };
    expect(decodeMessage(encodeMessage(value, text), text, limits)).toEqual(value);
  });

  it('is refused, and never crashes, when cut, changed or made up', () => {
    const whole = encodeMessage(
      { kind: 'call', pixels: new Uint8Array(20).fill(7), more: [new Uint8Array(3)] },
      text,
    );
    for (let length = 0; length < whole.length; length += 1) {
      expect(() => decodeMessage(whole.subarray(0, length), text, limits)).toThrow(GarbageError);
    }
    expect(() => decodeMessage(new Uint8Array([...whole, 0]), text, limits)).toThrow(GarbageError);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const changed = whole.slice();
        changed[at] = byte;
        try {
          decodeMessage(changed, text, limits);
        } catch (error) {
          expect(error).toBeInstanceOf(GarbageError);
        }
      }),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => decodeMessage(bytes, text, limits)).toThrow(GarbageError);
      }),
    );
  });

  it('is refused where a length is a lie, before anything that long is made', () => {
    const bytes = encodeMessage({ pixels: new Uint8Array(4) }, text);
    new DataView(bytes.buffer).setUint32(12, 0xffff_ffff, true);
    expect(() => decodeMessage(bytes, text, limits)).toThrow(GarbageError);
  });

  it.each([65, 97, 10_000, 400_000])('nested %i levels deep is no RangeError', (depth) => {
    const json = text.encode(`[${'['.repeat(depth)}${']'.repeat(depth)},[]]`);
    const bytes = new Uint8Array(12 + json.length);
    bytes.set([0x48, 0x47, 0x46, 0x31]);
    new DataView(bytes.buffer).setUint32(8, json.length, true);
    bytes.set(json, 12);
    if (depth < 96) expect(decodeMessage(bytes, text, limits)).toBeTruthy();
    else expect(() => decodeMessage(bytes, text, limits)).toThrow(GarbageError);
  });

  it('puts no array where the prototype is', () => {
    const json = text.encode('[{"a":{}},[["a","__proto__"]]]');
    const bytes = new Uint8Array(16 + json.length + 1);
    bytes.set([0x48, 0x47, 0x46, 0x31, 1]);
    const view = new DataView(bytes.buffer);
    view.setUint32(8, json.length, true);
    view.setUint32(12, 1, true);
    bytes.set(json, 16);
    expect(() => decodeMessage(bytes, text, limits)).toThrow(GarbageError);
  });
});

describe('long messages', () => {
  function pair(bytes: number) {
    const pieces: Uint8Array[] = [];
    const closed: string[] = [];
    const far = new ByteTransport({ send: () => {}, close: (reason) => closed.push(reason) }, text, {
      ...limits,
      bytes,
    });
    const near = new ByteTransport({ send: (piece) => pieces.push(piece), close: () => {} }, text);
    return { near, far, pieces, closed };
  }

  it('go in pieces and arrive whole', () => {
    const { near, far, pieces } = pair(10_000_000);
    const pixels = new Uint8Array(3 * PIECE_BYTES).map((_, index) => index % 251);
    near.post({ pixels });
    expect(pieces.length).toBe(4);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBe(PIECE_BYTES);
    const arrived: unknown[] = [];
    far.onMessage((value) => arrived.push(value));
    for (const piece of pieces) far.take(piece);
    const [message] = arrived;
    // Vitest compares long arrays value by value, slowly.
    expect(
      message instanceof Object &&
        'pixels' in message &&
        message.pixels instanceof Uint8Array &&
        Buffer.compare(message.pixels, pixels),
    ).toBe(0);
  });

  it('are cut off when they pass the limit, or trickle', () => {
    const long = pair(PIECE_BYTES);
    long.near.post({ pixels: new Uint8Array(3 * PIECE_BYTES) });
    for (const piece of long.pieces) long.far.take(piece);
    expect(long.closed).toHaveLength(1);
    const trickle = pair(10_000_000);
    trickle.far.take(new Uint8Array([1, 0]));
    expect(trickle.closed).toHaveLength(1);
  });
});
