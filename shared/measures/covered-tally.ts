import type { SampleValues } from './measure';
import { psnr } from './psnr';

/** PSNR (dB, means over samples) of the values alone that a corruption covers: what came in, and what came of it. */
export interface CoveredFigures {
  readonly psnr: number;
  readonly inputPsnr: number;
}

/** Measures samples where a mark or a patch covers them. */
export class CoveredTally {
  private count = 0;
  private sum = 0;
  private inputSum = 0;

  /** @param peak the largest difference there may be between two values: 1 for pictures */
  constructor(private readonly peak: number) {}

  /** @param covered 1 for each value that counts; a sample without any is left out */
  add(prediction: SampleValues, seen: SampleValues, target: SampleValues, covered: SampleValues): void {
    const places = Array.from(covered).flatMap((value, place) => (value > 0.5 ? [place] : []));
    if (places.length === 0) return;
    const at = (values: SampleValues) => places.map((place) => values[place] ?? 0);
    const of = (values: SampleValues) => psnr.of(at(values), at(target), [places.length], this.peak);
    this.count += 1;
    this.sum += of(prediction);
    this.inputSum += of(seen);
  }

  /** Null where no sample had a covered value. */
  mean(): CoveredFigures | null {
    if (this.count === 0) return null;
    return { psnr: this.sum / this.count, inputPsnr: this.inputSum / this.count };
  }
}
