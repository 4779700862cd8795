/** One step of a search for a learning rate. */
export interface RatePoint {
  readonly rate: number;
  /** Of the batch, before the step. */
  readonly loss: number;
  readonly smoothed: number;
}

/**
 * The rate at which the smoothed loss falls most steeply against the logarithm of the rate, as fastai's `steep` (after Smith
 * 2017): the least (sᵢ₊₁ − sᵢ₋₁) / (ln rᵢ₊₁ − ln rᵢ₋₁) before the smoothed loss is at its best. Two digits of it.
 *
 * @returns null where it falls nowhere
 */
export function suggestedRate(points: readonly RatePoint[]): number | null {
  const best = points.reduce((at, { smoothed }, i) => (smoothed < (points[at]?.smoothed ?? 0) ? i : at), 0);
  let steepest: { readonly slope: number; readonly rate: number } | null = null;
  for (let i = 1; i < best; i++) {
    const [before, here, after] = [points[i - 1], points[i], points[i + 1]];
    if (!before || !here || !after) continue;
    const slope = (after.smoothed - before.smoothed) / Math.log(after.rate / before.rate);
    if (slope < 0 && (!steepest || slope < steepest.slope)) steepest = { slope, rate: here.rate };
  }
  return steepest && Number(steepest.rate.toPrecision(2));
}
