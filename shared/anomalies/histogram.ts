/** How many errors fall between two neighbouring edges; the last bin holds its upper edge as well. */
export interface Histogram {
  /** One more than there are bins, rising. */
  readonly edges: readonly number[];
  /** Of each group, a count a bin. */
  readonly counts: readonly (readonly number[])[];
}

/**
 * Counts several groups of errors in the same bins. Errors are spread over orders of magnitude, so the bins are even on a
 * logarithmic scale; errors of 0 fall into the first.
 *
 * @param bins how many, at least 1
 */
export function logHistogram(groups: readonly ArrayLike<number>[], bins: number): Histogram {
  const positive = groups.flatMap((group) => Array.from(group).filter((error) => error > 0));
  let low = positive.reduce((least, error) => Math.min(least, error), Number.POSITIVE_INFINITY);
  let high = positive.reduce((most, error) => Math.max(most, error), 0);
  if (positive.length === 0) [low, high] = [1e-6, 1];
  // A single value gets bins around it.
  if (low === high) [low, high] = [low / 1.1, high * 1.1];
  const ratio = Math.log(high / low);
  const edges = Array.from({ length: bins + 1 }, (_, i) => low * Math.exp((ratio * i) / bins));
  const binOf = (error: number) =>
    error <= low ? 0 : Math.min(bins - 1, Math.floor((bins * Math.log(error / low)) / ratio));
  const counts = groups.map((group) => {
    const count = Array.from({ length: bins }, () => 0);
    for (const error of Array.from(group)) count[binOf(error)] = (count[binOf(error)] ?? 0) + 1;
    return count;
  });
  return { edges, counts };
}
