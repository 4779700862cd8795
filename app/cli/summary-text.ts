import type { Scaling } from '../../shared/document/data-reference';
import { type Measured, measures } from '../../shared/measures/catalogue';
import { textTable } from './text-table';

type ShownFigures = Measured & { readonly pca?: Measured };

interface Shown {
  readonly engine: string;
  readonly scaling: Scaling;
  readonly samplesPerSecond?: number;
  readonly validation?: ShownFigures | null;
  readonly test?: ShownFigures | null;
  readonly keptEpoch?: number | null;
  readonly activity?: { mean: number; units: number; from: number; to: number; share: number };
}

/** What came of a run, as a table. */
export function summaryText(
  { engine, samplesPerSecond, validation, test, keptEpoch, activity, scaling }: Shown,
  components = 0,
): string {
  const rows = [['engine', engine]];
  if (samplesPerSecond !== undefined) {
    rows.push(['speed', `${Math.round(samplesPerSecond).toLocaleString('en')} samples/s`]);
  }
  for (const [split, figures] of [['validation', validation] as const, ['test', test] as const]) {
    for (const { type, brief, unit } of measures) {
      const value = figures?.[type];
      if (value === undefined) continue;
      const of = (number: number) => (unit ? `${number.toFixed(2)} ${unit}` : number.toFixed(5));
      const pca = figures?.pca?.[type];
      const line = pca === undefined ? '' : ` (PCA with ${components}: ${of(pca)})`;
      rows.push([`${split} ${brief}`, `${of(value)}${line}${unit ? '' : SCALES[scaling]}`]);
    }
  }
  if (activity) {
    const { mean, units, from, to, share } = activity;
    const near = `${(100 * share).toFixed(1)}% of ${units.toLocaleString('en')} units at ${from}–${to}`;
    rows.push(['code activity', `mean ${mean.toFixed(4)}, ${near}`]);
  }
  if (keptEpoch) rows.push(['weights', `of epoch ${keptEpoch}, the best; later ones were no better`]);
  return textTable(rows);
}

/** In what an error is told, where that is not the data's own scale. */
const SCALES: Readonly<Record<Scaling, string>> = {
  none: '',
  standardise: ', of standardised values',
  'min-max': ', of values scaled to 0–1',
};
