export interface SweepPoint {
  /** Values of the code. */
  readonly size: number;
  /** Error at that size. */
  readonly error: number;
}

/**
 * The size beyond which more of it buys little: the point farthest below the straight line from the first point to the last,
 * sizes and errors both scaled to 0–1 (Satopää, Albrecht, Irwin & Raghavan 2011, “Finding a ‘Kneedle’ in a Haystack”, for a
 * falling convex curve and few points, so without their smoothing).
 *
 * @param points in any order
 * @returns null where there are fewer than three sizes, where the error does not fall from the first to the last, and where
 * no point lies below the line
 */
export function elbowOf(points: readonly SweepPoint[]): number | null {
  const sorted = [...points].sort((a, b) => a.size - b.size);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last || sorted.length < 3 || first.size === last.size || !(last.error < first.error))
    return null;
  let elbow: number | null = null;
  let farthest = 1e-9;
  for (const { size, error } of sorted) {
    const across = (size - first.size) / (last.size - first.size);
    const down = (first.error - error) / (first.error - last.error);
    // The line is the diagonal now; the distance to it is this divided by √2.
    if (down - across > farthest) {
      farthest = down - across;
      elbow = size;
    }
  }
  return elbow;
}
