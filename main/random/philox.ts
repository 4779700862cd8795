/**
 * Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011, “Parallel random numbers: as easy
 * as 1, 2, 3”). The numbers follow from (seed, site, step) alone, so nothing has to be rewound to draw them again.
 * A site says what they are for (`dense-1/kernel`, or a number of the caller's own); step counts the draws there.
 */
export type Site = number | string;

const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const ROUNDS = 10;

/** The upper 32 bits of a 64-bit product of unsigned numbers. */
function multiplyHigh(a: number, b: number): number {
  const [aHigh, aLow, bHigh, bLow] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff];
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle % 0x10000);
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000)) >>> 0;
}

type Counter = readonly [number, number, number, number];

/** One block of four unsigned 32-bit words, for a counter of four words and a key of two. */
export function philox4x32(counter: Counter, key: readonly [number, number]): Counter {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0) >>> 0;
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2) >>> 0;
    c0 = (high1 ^ c1 ^ k0) >>> 0;
    c2 = (high0 ^ c3 ^ k1) >>> 0;
    c1 = low1;
    c3 = low0;
    k0 = (k0 + WEYL_0) >>> 0;
    k1 = (k1 + WEYL_1) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** FNV-1a (Fowler, Noll & Vo) from a given start: two of them tell sites apart. */
function hash(text: string, start: number): number {
  let value = start;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

/** Where the words of one (seed, site, step) lie: the key, and the counter but for its first word. */
export interface WordStream {
  readonly key: readonly [number, number];
  /** The counter's upper three words; its lowest counts the blocks from 0. */
  readonly counter: readonly [number, number, number];
}

export function wordStream(seed: number, site: Site, step: number): WordStream {
  const text = String(site);
  return {
    key: [seed >>> 0, hash(text, 0x811c9dc5)],
    counter: [step >>> 0, Math.floor(step / 0x1_0000_0000), hash(text, 0x2f3d8ab1)],
  };
}

/** The endless words of one (seed, site, step). */
class Words {
  private readonly stream: WordStream;
  private block: Counter = [0, 0, 0, 0];
  private used = 4;
  private index = 0;

  constructor(seed: number, site: Site, step: number) {
    this.stream = wordStream(seed, site, step);
  }

  /** The next unsigned 32-bit word. */
  next(): number {
    if (this.used === 4) {
      this.block = philox4x32([this.index, ...this.stream.counter], this.stream.key);
      this.index += 1;
      this.used = 0;
    }
    const word = this.block[this.used] ?? 0;
    this.used += 1;
    return word;
  }
}

/**
 * `count` numbers evenly spread over [0, 1), in steps of 2⁻²⁴ (what a float32 can hold).
 * @param seed 0 … 2³² − 1
 */
export function uniforms(seed: number, site: Site, step: number, count: number): Float32Array {
  const words = new Words(seed, site, step);
  return Float32Array.from({ length: count }, () => (words.next() >>> 8) / 0x100_0000);
}

/** `count` numbers of mean 0 and standard deviation 1, normally distributed (Box & Muller 1958). */
export function normals(seed: number, site: Site, step: number, count: number): Float32Array {
  const words = new Words(seed, site, step);
  const numbers = new Float32Array(count);
  for (let i = 0; i < count; i += 2) {
    // In (0, 1], so that the logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log((words.next() + 1) / 0x1_0000_0000));
    const angle = (2 * Math.PI * words.next()) / 0x1_0000_0000;
    numbers[i] = radius * Math.cos(angle);
    if (i + 1 < count) numbers[i + 1] = radius * Math.sin(angle);
  }
  return numbers;
}

/**
 * 0 … `count` − 1 in random order, every order equally likely (Fisher & Yates, with bounds drawn by rejection).
 * @param count at most 2³² − 1
 */
export function permutation(seed: number, site: Site, epoch: number, count: number): Int32Array {
  const words = new Words(seed, site, epoch);
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let last = count - 1; last > 0; last--) {
    const chosen = below(words, last + 1);
    const value = order[last] ?? 0;
    order[last] = order[chosen] ?? 0;
    order[chosen] = value;
  }
  return order;
}

/** A whole number from 0 to bound − 1, without the bias of a plain remainder. */
function below(words: Words, bound: number): number {
  const limit = 0x1_0000_0000 - (0x1_0000_0000 % bound);
  for (;;) {
    const word = words.next();
    if (word < limit) return word % bound;
  }
}
