import type { Program } from '../ops/program';

/*
 * Programs have static shapes; exports take any number of samples. So a Program that is exported is made for a number of them
 * that nothing else in it is a multiple of, and is told by it wherever it comes up in a shape.
 */

/** The length that stands for an open batch axis: a prime above 2²⁴, more than any batch whose convolutions are unrolled. */
export const OPEN_BATCH = 16_777_259;

/** Whether a length is the open one, or so many times it. */
export function isOpen(length: number): boolean {
  return length !== 0 && length % OPEN_BATCH === 0;
}

/** Whether any shape holds the open length. */
export function hasOpen(numbers: readonly number[]): boolean {
  return numbers.some(isOpen);
}

/**
 * Makes sure that only batch axes are open. A layer of 16,777,259 values would be one too; no computer trains it, but nothing
 * may go wrong silently.
 *
 * @throws Error where another length is a multiple of it
 */
export function assertOpenBatch({ name, feeds, reads }: Program): void {
  const lengths = [
    ...feeds.flatMap(({ value }) => value.shape.slice(1)),
    ...reads.flatMap(({ value }) => value.shape),
  ];
  if (hasOpen(lengths)) throw new Error(`The Program ${name} has a length that stands for an open batch.`);
}
