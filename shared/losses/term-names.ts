import { losses } from './catalogue';

const NAMES: Readonly<Record<string, string>> = {
  reconstruction: 'error',
  activity: 'activity',
  contraction: 'contraction',
  divergence: 'divergence',
  weights: 'weights',
  ...Object.fromEntries(losses.map(({ type, brief }) => [type, brief])),
};

/** What a term of a training loss is called: `MSE` for a loss of a weighted sum, `activity` for a charge. */
export function termName(term: string): string {
  return NAMES[term] ?? term;
}

/** The terms of a loss in one line: `MSE 0.0123, SSIM 0.04`. */
export function termLine(terms: Readonly<Record<string, number>>, format: (value: number) => string): string {
  return Object.entries(terms)
    .map(([term, value]) => `${termName(term)} ${format(value)}`)
    .join(', ');
}
