/**
 * Whether figures are to be measured in full, as claims are (`bench/claims/journey.ts`). What asserts nothing but takes
 * time is left out otherwise.
 */
export const inFull = process.env.HOURGLASS_FIGURES === 'full';

/**
 * Tells a figure that a journey measured, in a line that `npm run claims` reads (`bench/claims/journey.ts`). Journeys
 * assert only what holds on a busy machine too; whether a figure is good enough is the claim's to say.
 */
export function tellFigure(name: string, value: number, unit: string): void {
  console.log(`figure ${name}: ${Number(value.toPrecision(4))} ${unit}`);
}

/** The value in the middle, of at least one. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
