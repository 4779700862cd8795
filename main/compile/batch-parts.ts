import type { Value } from '../ops/program';
import type { ProgramBuilder } from './program-builder';

/** A part smaller than this costs more in calls than it gains: on two cores, 4 parts of 32 were slower than 2 of 64. */
const SMALLEST_PART = 32;

/** The sizes of the parts, (nearly) the same and at least 32, that a batch is best divided into: at most `most`. */
export function partSizes(batch: number, most: number): readonly number[] {
  const count = Math.max(1, Math.min(most, Math.floor(batch / SMALLEST_PART)));
  const border = (index: number) => Math.floor((batch * index) / count);
  return Array.from({ length: count }, (_, index) => border(index + 1) - border(index));
}

/** Some samples of a batch: which of its rows they are. */
interface BatchPart {
  readonly samples: Value;
  /** How many rows of the batch come before. */
  readonly from: number;
  /** How many rows the batch has. */
  readonly of: number;
}

/**
 * Divides a batch into parts: each goes through the network by itself, so that a runtime can work on several of them
 * at once. Right for whatever treats every sample by itself.
 *
 * @param samples float32 [batch, …sample]
 * @returns the parts in order, at most `most`; the batch itself where it is not divided
 */
export function batchParts(build: ProgramBuilder, samples: Value, most: number): readonly BatchPart[] {
  const [batch = 0, ...sample] = samples.shape;
  const sizes = partSizes(batch, most);
  if (sizes.length === 1) return [{ samples, from: 0, of: batch }];
  let end = 0;
  return sizes.map((size) => {
    const from = end;
    end += size;
    const begin = [from, ...sample.map(() => 0)];
    const part = build.inLayer('input', () =>
      build.add('slice', [samples], { begin, size: [size, ...sample] }),
    );
    return { samples: part, from, of: batch };
  });
}
