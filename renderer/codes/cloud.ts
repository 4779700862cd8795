import type { CodeCloud } from '../../shared/ipc/contract';
import { floatsOfBytes } from '../../shared/ipc/float-bytes';

/** The codes of samples not trained on, as a run's weights had them after one step. A sample is known by its place. */
export interface Cloud extends Omit<CodeCloud, 'codes' | 'labels'> {
  readonly runId: string;
  /** One code after the other. */
  readonly codes: Float32Array;
  /** One label a code; null where the data have none. */
  readonly labels: Int32Array | null;
}

export function cloudOf(runId: string, told: CodeCloud): Cloud {
  const { buffer } = new Uint8Array(told.labels ?? []);
  return {
    ...told,
    runId,
    codes: floatsOfBytes(told.codes),
    labels: told.labels && new Int32Array(buffer),
  };
}

export function codeAt({ codes, size }: Pick<Cloud, 'codes' | 'size'>, place: number): number[] {
  return [...codes.subarray(place * size, (place + 1) * size)];
}

/** What the label of a sample is called; null where it has none. */
export function labelAt({ labels, labelNames }: Cloud, place: number): string | null {
  const label = labels?.[place];
  return label === undefined || label < 0 ? null : (labelNames?.[label] ?? String(label));
}

/** The labels there are, in the order of their numbers: a class of the map each; none where there are no labels. */
export function classLabels({ labels }: Pick<Cloud, 'labels'>): number[] {
  return labels ? [...new Set(labels)].sort((a, b) => a - b) : [];
}

/** The real code nearest to another one, and how far it is (Euclidean distance). */
export function nearestTo(
  { codes, size }: Pick<Cloud, 'codes' | 'size'>,
  code: readonly number[],
): { readonly place: number; readonly distance: number } {
  let [place, least] = [-1, Number.POSITIVE_INFINITY];
  for (let start = 0; start < codes.length; start += size) {
    let sum = 0;
    for (let at = 0; at < size && sum < least; at += 1)
      sum += ((codes[start + at] ?? 0) - (code[at] ?? 0)) ** 2;
    if (sum < least) [place, least] = [start / size, sum];
  }
  return { place, distance: Math.sqrt(least) };
}

/** The places of a code's values, the one that varies most (or diverges most, where that is told) first. */
export function byWeight(weights: readonly number[]): number[] {
  return [...weights.keys()].sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0));
}
