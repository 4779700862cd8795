import type { RunView } from './run-record';

/** What a term of the loss came to at the ends of epochs, on the steps of a chart. */
export interface TermCurve {
  readonly term: string;
  readonly training: (number | null)[];
  /** Of charges, which training alone has, nothing. */
  readonly validation: (number | null)[];
}

/** The curves of all that a run's loss is the sum of; none where it is the error alone. */
export function termCurves(view: Pick<RunView, 'epochs'> | null, steps: readonly number[]): TermCurve[] {
  const epochs = view?.epochs ?? [];
  const terms = new Set(epochs.flatMap((epoch) => Object.keys(epoch.terms ?? {})));
  const places = new Map(steps.map((step, at) => [step, at]));
  return [...terms].map((term) => {
    const curve = { term, training: steps.map(() => null), validation: steps.map(() => null) } as TermCurve;
    for (const { step, terms: own, validation } of epochs) {
      const at = places.get(step);
      if (at === undefined) continue;
      curve.training[at] = own?.[term] ?? null;
      curve.validation[at] = validation?.terms?.[term] ?? null;
    }
    return curve;
  });
}

/** How the lines of a term are broken, so that terms are told apart in the colours of training and validation. */
const DASHES = [
  [2, 3],
  [7, 3, 2, 3],
  [1, 5],
  [10, 4],
] as const;

export function dashesOf(index: number): number[] {
  return [...(DASHES[index % DASHES.length] ?? [])];
}
