/** Random whole numbers below `n` (mulberry32, T. Ettinger 2017): quick, seeded, and good enough for tampering. */
export function randomNumbers(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * n);
  };
}

/** Numbers at which arithmetic and bounds give way. */
const TELLING = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

type Below = (n: number) => number;
type Change = (bytes: Uint8Array, below: Below) => Uint8Array;

function written(bytes: Uint8Array, width: 1 | 2 | 4 | 8, value: number, at: number): Uint8Array {
  if (bytes.length < width) return bytes;
  const changed = Uint8Array.from(bytes);
  const view = new DataView(changed.buffer);
  if (width === 1) view.setUint8(at, value & 0xff);
  if (width === 2) view.setUint16(at, value & 0xffff, true);
  if (width === 4) view.setUint32(at, value >>> 0, true);
  if (width === 8) view.setBigUint64(at, BigInt(value) << 16n, true);
  return changed;
}

function without(bytes: Uint8Array, from: number, to: number): Uint8Array {
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
}

function span(bytes: Uint8Array, below: Below): [from: number, to: number] {
  const from = below(bytes.length + 1);
  return [from, Math.min(bytes.length, from + 1 + below(Math.min(64, bytes.length + 1)))];
}

const digits = /[0-9]/;

const CHANGES: readonly Change[] = [
  (bytes, below) => {
    if (bytes.length === 0) return bytes;
    const at = below(bytes.length);
    return written(bytes, 1, bytes[at]! ^ (1 << below(8)), at);
  },
  (bytes, below) => (bytes.length === 0 ? bytes : written(bytes, 1, below(256), below(bytes.length))),
  (bytes, below) => {
    const width = ([1, 2, 4, 8] as const)[below(4)]!;
    return written(
      bytes,
      width,
      TELLING[below(TELLING.length)]!,
      below(Math.max(1, bytes.length - width + 1)),
    );
  },
  (bytes, below) => bytes.subarray(0, below(bytes.length + 1)),
  (bytes, below) => without(bytes, ...span(bytes, below)),
  (bytes, below) => {
    const [from, to] = span(bytes, below);
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
  },
  (bytes, below) => {
    const at = below(bytes.length + 1);
    const more = Uint8Array.from({ length: 1 + below(16) }, () => below(256));
    return Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)]);
  },
  // Of texts: another digit, so that numbers stay numbers.
  (bytes, below) => {
    const places = [...bytes.keys()].filter((at) => digits.test(String.fromCharCode(bytes[at]!)));
    if (places.length === 0) return bytes;
    return written(bytes, 1, 0x30 + below(10), places[below(places.length)]!);
  },
  // And what a parser of JSON looks out for.
  (bytes, below) => {
    if (bytes.length === 0) return bytes;
    const marks = '{}[]",:-.eE\\0 \u0000';
    return written(bytes, 1, marks.charCodeAt(below(marks.length)), below(bytes.length));
  },
];

/** One to eight changes, one upon the other. */
export function tampered(bytes: Uint8Array, below: Below): Uint8Array {
  let changed = bytes;
  for (let left = 1 + below(below(2) === 0 ? 2 : 8); left > 0; left--) {
    changed = CHANGES[below(CHANGES.length)]!(changed, below);
  }
  return changed;
}
