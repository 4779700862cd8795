import { permutation } from '../random/philox';

/** Tells the numbers of the split from those of weights and shuffling. */
const SPLIT_SITE = 'split';

/**
 * How many of `count` samples are held out where this share is to be: rounded; at least one where the share is above 0, and
 * one sample always stays.
 */
export function heldCount(count: number, share: number): number {
  const wanted = share > 0 ? Math.max(1, Math.round(count * share)) : 0;
  return Math.max(0, Math.min(wanted, count - 1));
}

/**
 * Shares `count` samples out between training and validation at random, the same for the same seed. Validation gets
 * `validationShare` (0 ≤ share < 1) of them, rounded; at least one where the share is above 0 and there are two
 * samples or more; training always keeps at least one. Indices are in random order, so that the first few
 * validation samples are a fair picture of all.
 */
export function splitIndices(
  count: number,
  validationShare: number,
  seed: number,
): { train: Int32Array; validation: Int32Array } {
  const order = permutation(seed, SPLIT_SITE, 0, count);
  const held = heldCount(count, validationShare);
  return { train: order.slice(held), validation: order.slice(0, held) };
}
