/** Codes one after the other, float32, `size` values each. */
export interface Codes {
  readonly codes: Float32Array;
  readonly size: number;
}

/** How codes lie, value by value and among each other. */
export interface CodeStatistics {
  /** Of each value of the code. */
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
  /**
   * How far a code is from the nearest other one (Euclidean distance): for the middle one of the codes looked at, and the
   * distance that 95% of them stay below. What is farther from every real code is called off the data.
   */
  readonly spacing: { readonly usual: number; readonly far: number };
}

/** Multiplications that the search for nearest codes may cost, unless even the fewest cost more: some 20 ms. */
const SEARCH_BUDGET = 2e7;
const FEWEST_LOOKED_AT = 20;
const MOST_LOOKED_AT = 200;
/** The share of codes that count as near enough to the others. */
const NEAR_SHARE = 0.95;

export function codeStatistics({ codes, size }: Codes): CodeStatistics {
  const count = codes.length / size;
  const mean = new Float64Array(size);
  const deviation = new Float64Array(size);
  for (let at = 0; at < codes.length; at++) mean[at % size]! += codes[at]! / count;
  for (let at = 0; at < codes.length; at++) deviation[at % size]! += (codes[at]! - mean[at % size]!) ** 2;
  for (let at = 0; at < size; at++) deviation[at] = Math.sqrt(deviation[at]! / count);
  return { mean, deviation, spacing: spacingOf({ codes, size }) };
}

function spacingOf({ codes, size }: Codes): CodeStatistics['spacing'] {
  const count = codes.length / size;
  if (count < 2) return { usual: 0, far: 0 };
  const affordable = Math.floor(SEARCH_BUDGET / codes.length);
  const looked = Math.min(count, Math.max(FEWEST_LOOKED_AT, Math.min(MOST_LOOKED_AT, affordable)));
  const distances = Float64Array.from({ length: looked }, (_, i) =>
    distanceToOthers({ codes, size }, Math.floor((i * count) / looked)),
  ).sort();
  return {
    usual: distances[Math.floor(looked / 2)] ?? 0,
    far: distances[Math.min(looked - 1, Math.floor(NEAR_SHARE * looked))] ?? 0,
  };
}

/** The Euclidean distance of the code at `place` to the nearest of the others. */
function distanceToOthers({ codes, size }: Codes, place: number): number {
  let least = Number.POSITIVE_INFINITY;
  const own = place * size;
  for (let other = 0; other < codes.length; other += size) {
    if (other === own) continue;
    let sum = 0;
    for (let at = 0; at < size && sum < least; at++) sum += (codes[own + at]! - codes[other + at]!) ** 2;
    if (sum < least) least = sum;
  }
  return Math.sqrt(least);
}
