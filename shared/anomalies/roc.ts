/** One cut-off and what it does. */
export interface RocPoint {
  /** Samples with an error above it are called anomalous. */
  readonly cutOff: number;
  /** Share of the normal samples that are called anomalous. */
  readonly falsePositiveRate: number;
  /** Share of the anomalous samples that are. */
  readonly truePositiveRate: number;
}

/** Errors of samples known to be normal, and of samples known not to be. */
export interface LabelledErrors {
  readonly normal: ArrayLike<number>;
  readonly anomalous: ArrayLike<number>;
}

/**
 * The receiver operating characteristic, from the strictest cut-off (nothing is called anomalous) to the laxest: one point
 * for each error that occurs, so that equal errors move both rates at once.
 *
 * @throws RangeError where either kind is missing
 */
export function rocOf({ normal, anomalous }: LabelledErrors): RocPoint[] {
  if (normal.length === 0 || anomalous.length === 0) {
    throw new RangeError('A receiver operating characteristic needs normal and anomalous samples.');
  }
  const all = [
    ...Array.from(normal, (error) => ({ error, isNormal: true })),
    ...Array.from(anomalous, (error) => ({ error, isNormal: false })),
  ].sort((a, b) => b.error - a.error);
  const points: RocPoint[] = [];
  let [falsely, rightly] = [0, 0];
  const add = (cutOff: number) =>
    points.push({
      cutOff,
      falsePositiveRate: falsely / normal.length,
      truePositiveRate: rightly / anomalous.length,
    });
  let last = Number.NaN;
  for (const { error, isNormal } of all) {
    if (error !== last) add(error);
    last = error;
    if (isNormal) falsely += 1;
    else rightly += 1;
  }
  add(Number.NEGATIVE_INFINITY);
  return points;
}

/**
 * The area under the receiver operating characteristic: the chance that an anomalous sample has a larger error than a normal
 * one, ties counting half (Hanley & McNeil 1982).
 *
 * @throws RangeError where either kind is missing
 */
export function areaUnderRoc(errors: LabelledErrors): number {
  const points = rocOf(errors);
  let area = 0;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]];
    if (!a || !b) continue;
    area += ((b.falsePositiveRate - a.falsePositiveRate) * (a.truePositiveRate + b.truePositiveRate)) / 2;
  }
  return area;
}

/** The cut-off of the largest distance between both rates (Youden 1950): the best by labels. */
export function bestCutOff(errors: LabelledErrors): RocPoint {
  const distance = (point: RocPoint) => point.truePositiveRate - point.falsePositiveRate;
  return rocOf(errors).reduce((best, point) => (distance(point) > distance(best) ? point : best));
}

/** What a cut-off does to these errors. Rates of a kind that is missing are 0. */
export function ratesAt({ normal, anomalous }: LabelledErrors, cutOff: number): RocPoint {
  return {
    cutOff,
    falsePositiveRate: shareAbove(normal, cutOff),
    truePositiveRate: shareAbove(anomalous, cutOff),
  };
}

/** The share of the errors that are above a cut-off, not on it; 0 of none. */
export function shareAbove(errors: ArrayLike<number>, cutOff: number): number {
  let above = 0;
  for (let i = 0; i < errors.length; i++) if ((errors[i] ?? 0) > cutOff) above += 1;
  return errors.length === 0 ? 0 : above / errors.length;
}

/** The share of normal samples that a cut-off lets pass where nobody has set another. */
const NORMAL_SHARE = 0.95;

/** The cut-off to begin with: the error that 95% of the normal samples stay below. */
export function usualCutOff(normal: ArrayLike<number>): number {
  return percentile(normal, NORMAL_SHARE);
}

/**
 * The error below which this share of samples lies, between neighbours by straight lines (Hyndman & Fan 1996, type 7, as
 * NumPy). Of no samples it is not a number.
 *
 * @param share 0 … 1
 */
export function percentile(errors: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(errors).sort();
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (low === undefined || high === undefined) return Number.NaN;
  return low + (high - low) * (place - Math.floor(place));
}
