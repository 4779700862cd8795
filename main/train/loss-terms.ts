import type { Tensor } from '../execute/executor';

/**
 * What a loss is the sum of, where it is one: the error as `reconstruction`, or of a weighted sum each loss by its type, with
 * its weight; and each charge by name.
 */
export type LossTerms = Readonly<Record<string, number>>;

/** The terms of the steps of an epoch. */
export class LossTermMeans {
  readonly #sums = new Map<string, number>();
  #samples = 0;
  /** Of the last step; undefined where the loss is the error alone. */
  latest: LossTerms | undefined;

  /** @param outputs of a step, all of them single numbers. */
  add(outputs: Readonly<Record<string, Tensor>>, samples: number): void {
    const terms = Object.entries(outputs).flatMap(([name, { data }]) =>
      name === 'loss' ? [] : [[name, data[0] ?? Number.NaN] as const],
    );
    if (terms.length === 0) return;
    this.latest = Object.fromEntries(terms);
    this.#samples += samples;
    for (const [name, value] of terms) this.#sums.set(name, (this.#sums.get(name) ?? 0) + value * samples);
  }

  /** What was added up since, and of how many samples, for a run that goes on from here. */
  get sums(): { readonly terms: LossTerms; readonly termSamples: number } {
    return { terms: Object.fromEntries(this.#sums), termSamples: this.#samples };
  }

  /** Goes on from these. */
  goOnFrom({ terms, termSamples }: LossTermMeans['sums']): void {
    for (const [name, sum] of Object.entries(terms)) this.#sums.set(name, sum);
    this.#samples = termSamples;
  }

  /** The means over the samples since this was asked last; undefined where there are no terms. */
  take(): LossTerms | undefined {
    if (this.#samples === 0) return undefined;
    const means = [...this.#sums].map(([name, sum]) => [name, sum / this.#samples] as const);
    this.#sums.clear();
    this.#samples = 0;
    return Object.fromEntries(means);
  }
}
