import type { Value } from '../ops/program';
import type { ProgramBuilder } from './program-builder';

/** A part smaller than this costs more in calls than it gains: on two cores, 4 parts of 32 were slower than 2 of 64. */
const SMALLEST_PART = 32;

/**
 * Divides a batch into parts of (nearly) the same size, of 32 samples at least: each goes through the network by
 * itself, so that a runtime can work on several of them at once. Right for whatever treats every sample by itself.
 *
 * @param samples float32 [batch, …sample]
 * @returns the parts in order, at most `most`; the batch itself where it is not divided
 */
export function batchParts(build: ProgramBuilder, samples: Value, most: number): readonly Value[] {
  const [batch = 0, ...sample] = samples.shape;
  const count = Math.max(1, Math.min(most, Math.floor(batch / SMALLEST_PART)));
  if (count === 1) return [samples];
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((batch * index) / count);
    const to = Math.floor((batch * (index + 1)) / count);
    return build.inLayer('input', () =>
      build.add('slice', [samples], { begin: [from, ...sample.map(() => 0)], size: [to - from, ...sample] }),
    );
  });
}
