/** A logarithmic axis between two positive ends. */
export interface LogAxis {
  readonly low: number;
  readonly high: number;
  /** Where a value lies, 0 … 1; values outside lie at the ends. */
  share(value: number): number;
  /** The value that lies there; the ends are met exactly. */
  at(share: number): number;
}

/** @param low above 0 and below `high` */
export function logAxis(low: number, high: number): LogAxis {
  const ratio = Math.log(high / low);
  const within = (share: number) => Math.min(1, Math.max(0, share));
  return {
    low,
    high,
    share: (value) => (value <= low ? 0 : within(Math.log(value / low) / ratio)),
    at(share) {
      const part = within(share);
      return part === 0 ? low : part === 1 ? high : low * Math.exp(ratio * part);
    },
  };
}

const STEPS = [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9]];

/** Round values to write under an axis: at most `most` of them, powers of ten before others. */
export function logTicks({ low, high }: Pick<LogAxis, 'low' | 'high'>, most: number): number[] {
  const first = Math.floor(Math.log10(low));
  const decades = Math.ceil(Math.log10(high)) - first + 1;
  const ticksOf = (steps: readonly number[]) =>
    Array.from({ length: decades }, (_, k) => steps.map((step) => Number(`${step}e${first + k}`)))
      .flat()
      .filter((value) => value >= low && value <= high);
  const fitting = STEPS.map(ticksOf).filter((ticks) => ticks.length <= most);
  const best = fitting.at(-1);
  if (best && best.length > 1) return best;
  const powers = ticksOf([1]);
  if (powers.length > most) {
    const every = Math.ceil(powers.length / most);
    return powers.filter((_, index) => index % every === 0);
  }
  // Within less than one decade: the ends, as round as they can be told apart.
  return [low, high];
}
