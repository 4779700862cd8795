import { chroma } from './chroma';
import { mae } from './mae';
import type { MeasureDefinition } from './measure';
import { mse } from './mse';
import { psnr } from './psnr';
import { ssim } from './ssim';

const all = [mse, mae, psnr, ssim, chroma] as const;

export type Measure = (typeof all)[number]['type'];

/** Every measure there is, in the order they are shown. */
export const measures: readonly MeasureDefinition<Measure>[] = all;

/** Means over samples; without the measures that samples of this shape don't have. */
export type Measured = Readonly<Partial<Record<Measure, number>>>;
