import type { DataFilter } from '../../shared/document/data-reference';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import { permutation } from '../random/philox';
import type { Dataset, SampleArray } from './dataset';
import { namedFew } from './named-few';
import { allRows } from './sample-rows';
import { heldCount, splitIndices } from './split';

/** Rows of the training samples by what they are for; every row is in exactly one of them. */
export interface SharedRows {
  readonly train: Int32Array;
  readonly validation: Int32Array;
  /** Chosen by the filter, but kept out of training: samples of the kind trained on that the model has never seen. */
  readonly heldOut: Int32Array;
  /** Not chosen by the filter, in the order of the files. */
  readonly excluded: Int32Array;
}

const HELD_OUT_SITE = 'held-out';

/**
 * Shares the training samples out: by the filter, then what it chose between training, validation and what is held
 * out. The same for the same seed, on every engine and machine.
 *
 * @throws ProblemError where the filter does not fit the data, or leaves nothing to train on
 */
export function shareOut(
  { train, labelNames }: Pick<Dataset, 'train' | 'labelNames'>,
  filter: DataFilter | undefined,
  { validationShare, seed }: { readonly validationShare: number; readonly seed: number },
): SharedRows {
  const none = new Int32Array(0);
  if (!filter) {
    return { ...splitIndices(train.count, validationShare, seed), heldOut: none, excluded: none };
  }
  const isChosen = chooser(train, labelNames, filter);
  const rows = allRows(train);
  const chosen = rows.filter(isChosen);
  if (chosen.length === 0) {
    throw new ProblemError(problem('FILTER_EMPTY', { chosen: 0, total: train.count }));
  }
  const held = heldCount(chosen.length, filter.heldOut);
  const order = permutation(seed, HELD_OUT_SITE, 0, chosen.length).map((place) => chosen[place]!);
  const used = order.slice(held).sort();
  const split = splitIndices(used.length, validationShare, seed);
  return {
    train: split.train.map((place) => used[place]!),
    validation: split.validation.map((place) => used[place]!),
    heldOut: order.slice(0, held),
    excluded: rows.filter((row) => !isChosen(row)),
  };
}

/** A label's name, as filters give it and the window shows it. */
export function labelName(label: number, labelNames: Dataset['labelNames']): string {
  return labelNames?.[label] ?? String(label);
}

function chooser(
  { labels, count }: SampleArray,
  labelNames: Dataset['labelNames'],
  { include, exclude, rows }: DataFilter,
): (row: number) => boolean {
  if (rows && (rows.from >= rows.to || rows.to > count)) {
    throw new ProblemError(problem('FILTER_ROWS', { ...rows, total: count }));
  }
  const inRows = (row: number) => !rows || (row >= rows.from && row < rows.to);
  if (!include && !exclude) return inRows;
  if (!labels) throw new ProblemError(problem('FILTER_NO_LABELS', undefined));
  const present = new Map([...new Set(labels)].map((label) => [labelName(label, labelNames), label]));
  const labelsOf = (names: readonly string[]) => new Set(names.map((name) => knownLabel(name, present)));
  const included = include && labelsOf(include);
  const excluded = exclude && labelsOf(exclude);
  return (row) => {
    const label = labels[row]!;
    return inRows(row) && (included?.has(label) ?? true) && !excluded?.has(label);
  };
}

function knownLabel(name: string, present: ReadonlyMap<string, number>): number {
  const label = present.get(name);
  if (label !== undefined) return label;
  const names = [...present.keys()].sort();
  throw new ProblemError(problem('FILTER_LABEL_UNKNOWN', { label: name, known: namedFew(names) }));
}
