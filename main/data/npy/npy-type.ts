import { endianness } from 'node:os';
import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';

/** How the numbers of an NPY file are read. */
export interface NpyType {
  /** As numpy calls it: `float64`. */
  readonly name: string;
  /** Of one value in the file. */
  readonly bytes: 1 | 2 | 4 | 8;
  /** The type that samples of it are held in. */
  readonly held: 'uint8' | 'float32';
  /** A function from a place in `body` (in this machine's byte order) to the value. */
  reader(body: Uint8Array): (place: number) => number;
}

const types: Readonly<Record<string, NpyType>> = {
  b1: { name: 'bool', bytes: 1, held: 'uint8', reader: (body) => (at) => (body[at] === 0 ? 0 : 255) },
  u1: { name: 'uint8', bytes: 1, held: 'uint8', reader: (body) => (at) => body[at] ?? 0 },
  i1: direct('int8', 1, (buffer) => new Int8Array(buffer)),
  u2: direct('uint16', 2, (buffer) => new Uint16Array(buffer)),
  i2: direct('int16', 2, (buffer) => new Int16Array(buffer)),
  u4: direct('uint32', 4, (buffer) => new Uint32Array(buffer)),
  i4: direct('int32', 4, (buffer) => new Int32Array(buffer)),
  f4: direct('float32', 4, (buffer) => new Float32Array(buffer)),
  f8: direct('float64', 8, (buffer) => new Float64Array(buffer)),
  u8: long('uint64', (buffer) => new Uint32Array(buffer)),
  i8: long('int64', (buffer) => new Int32Array(buffer)),
  f2: {
    name: 'float16',
    bytes: 2,
    held: 'float32',
    reader: (body) => {
      const halves = new Uint16Array(body.buffer);
      return (at) => fromHalf(halves[at] ?? 0);
    },
  },
};

/** The type that a dtype such as `<f4` names. @throws ProblemError for objects and for what holds no numbers */
export function npyTypeOf(descr: string, file: string): { type: NpyType; bigEndian: boolean } {
  const [, order = '', code = ''] = /^([<>|=]?)([a-zA-Z]\d+)$/.exec(descr) ?? [];
  const type = Object.hasOwn(types, code) ? types[code] : undefined;
  if (type !== undefined) {
    const native = endianness() === 'BE';
    return { type, bigEndian: order === '>' || (order !== '<' && native) };
  }
  const holdsObjects = /^[<>|=]?O/.test(descr) || /['"][<>|=]?O\d*['"]/.test(descr);
  throw new ProblemError(problem(holdsObjects ? 'NPY_OBJECT' : 'NPY_DTYPE', { file, dtype: descr }));
}

/** Turns the bytes of every value round, in place, where the file's order is not this machine's. */
export function toNativeOrder(body: Uint8Array, type: NpyType, bigEndian: boolean): void {
  if (type.bytes === 1 || bigEndian === (endianness() === 'BE')) return;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (type.bytes === 2) bytes.swap16();
  else if (type.bytes === 4) bytes.swap32();
  else bytes.swap64();
}

function direct(
  name: string,
  bytes: 1 | 2 | 4 | 8,
  view: (buffer: ArrayBufferLike) => ArrayLike<number>,
): NpyType {
  return {
    name,
    bytes,
    held: 'float32',
    reader: (body) => {
      const values = view(body.buffer);
      return (at) => values[at] ?? 0;
    },
  };
}

/** Eight-byte integers, read as two halves: a float32 keeps 24 bits of them anyway. */
function long(name: string, highHalves: (buffer: ArrayBufferLike) => ArrayLike<number>): NpyType {
  const lowFirst = endianness() === 'LE';
  return {
    name,
    bytes: 8,
    held: 'float32',
    reader: (body) => {
      const high = highHalves(body.buffer);
      const low = new Uint32Array(body.buffer);
      return (at) => {
        const first = 2 * at;
        return (high[first + (lowFirst ? 1 : 0)] ?? 0) * 2 ** 32 + (low[first + (lowFirst ? 0 : 1)] ?? 0);
      };
    },
  };
}

/** An IEEE 754 half: 1 sign bit, 5 of exponent, 10 of fraction. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}
