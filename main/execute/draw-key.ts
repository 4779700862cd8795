import { philox4x32, wordStream } from '../random/philox';
import type { DrawKey, Tensor } from './executor';

/** Where a draw's numbers lie among all that are drawn by one seed. */
export function drawSite(name: string, { purpose }: DrawKey): string {
  return `${purpose}/${name}`;
}

/** The seed of two words (int32 [2]) for a native random op, unlike that of any other draw, purpose, seed or step. */
export function drawSeed(name: string, key: DrawKey): Tensor {
  const { key: words, counter } = wordStream(key.seed, drawSite(name, key), key.step);
  const [first, second] = philox4x32([0, ...counter], words);
  return { dtype: 'int32', shape: [2], data: Int32Array.of(first, second) };
}

/** @throws Error where a program that draws is run without a key */
export function keyFor(program: string, draw: string, key: DrawKey | undefined): DrawKey {
  if (!key) throw new Error(`Program ${program} draws ${draw}, but the run has no key to draw by`);
  return key;
}
