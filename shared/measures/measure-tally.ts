import type { Shape } from '../tensors/shape';
import { type Measure, type Measured, measures } from './catalogue';
import type { SampleValues } from './measure';

/** Adds up every measure over samples. */
export class MeasureTally {
  /** The mean squared error of each sample, in the order they were added. */
  readonly errors: number[] = [];
  private readonly applying;
  private readonly sums: number[];

  /** @param peak the largest difference there may be between two values: 1 for pictures */
  constructor(
    private readonly shape: Shape,
    private readonly peak: number,
  ) {
    this.applying = measures.filter((measure) => measure.appliesTo(shape));
    this.sums = this.applying.map(() => 0);
  }

  add(prediction: SampleValues, target: SampleValues): void {
    for (const [index, measure] of this.applying.entries()) {
      const value = measure.of(prediction, target, this.shape, this.peak);
      this.sums[index] = (this.sums[index] ?? 0) + value;
      if (measure.type === 'mse') this.errors.push(value);
    }
  }

  /** The mean of every measure that these samples have. @throws Error where no sample was added */
  mean(): Measured {
    const count = this.errors.length;
    if (count === 0) throw new Error('There is no sample to measure.');
    const means: Partial<Record<Measure, number>> = {};
    for (const [index, { type }] of this.applying.entries()) means[type] = (this.sums[index] ?? 0) / count;
    return means;
  }
}
