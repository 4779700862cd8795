import { brightnessAt } from '../../shared/measures/chroma';
import type { TaskBaseline } from '../../shared/tasks/task';

/** What a sample comes to without a network. Samples and results as plain values, in their own scale. */
export type Baseline = (sample: Float32Array, seen: Float32Array | null) => Float32Array | null;

/**
 * The baseline of a task.
 *
 * @param samples all that it is measured on
 * @returns null where there is none
 */
export function baselineOf(
  kind: TaskBaseline['kind'] | undefined,
  samples: () => Iterable<Float32Array>,
): Baseline | null {
  switch (kind) {
    case 'seen':
      return (_sample, seen) => seen;
    case 'oneColour': {
      const tint = meanTint(samples());
      return (sample) => sample.map((_, i) => brightnessAt(sample, i - (i % 3)) + (tint[i % 3] ?? 0));
    }
    case undefined:
      return null;
  }
}

/** The mean of every pixel's red, green and blue less its brightness: no other constant colour has a smaller error. */
function meanTint(samples: Iterable<Float32Array>): readonly number[] {
  const sums = [0, 0, 0];
  let pixels = 0;
  for (const sample of samples) {
    for (let at = 0; at < sample.length; at += 3) {
      const brightness = brightnessAt(sample, at);
      for (let channel = 0; channel < 3; channel++) {
        sums[channel] = (sums[channel] ?? 0) + (sample[at + channel] ?? 0) - brightness;
      }
      pixels += 1;
    }
  }
  return sums.map((sum) => sum / pixels);
}
