import type { Shape } from '../tensors/shape';

/** The values of one sample, row-major, channels last. */
export type SampleValues = ArrayLike<number>;

/**
 * One way of telling how far a reconstruction is from what it should be. A new measure is one file that exports this, and
 * one line in `catalogue.ts`; evaluation, the error of PCA, the command line and the window's figures follow from it.
 */
export interface MeasureDefinition<T extends string = string> {
  readonly type: T;
  readonly label: string;
  /** For tables: `PSNR`. */
  readonly brief: string;
  /** `dB`, or empty where it has none. */
  readonly unit: string;
  readonly better: 'lower' | 'higher';
  /** One sentence: what it says. */
  readonly help: string;
  /** Whether samples of this shape have it. */
  appliesTo(shape: Shape): boolean;
  /**
   * Of one sample.
   *
   * @param peak the largest difference there may be between two values: 1 for pictures
   */
  of(prediction: SampleValues, target: SampleValues, shape: Shape, peak: number): number;
}
