import type { Shape } from '../../shared/tensors/shape';
import { t } from '../strings/strings';
import { seriesCourses, vectorBars } from './sample-pixels';

/** Figures of one sample that are told at most. */
const MOST = 16;

/**
 * The chart of a vector or a series in words, for those who can't see it: its values in percent of the range, each the
 * mean of as many as make sixteen.
 */
export function courseWords(pixels: Uint8Array, shape: Shape, index: number): string {
  const inWords = (heights: readonly number[]) =>
    heights.map((height) => Math.round(100 * height)).join(', ');
  if (shape.length !== 2)
    return t('data.values', { values: inWords(vectorBars(pixels, shape, index, MOST)) });
  return seriesCourses(pixels, shape, index, MOST)
    .map((course, channel) => t('data.channel', { number: channel + 1, values: inWords(course) }))
    .join('; ');
}

/** The same of a sample and of its reconstruction. */
export function pairWords(
  originals: Uint8Array,
  reconstructions: Uint8Array,
  shape: Shape,
  index: number,
): string {
  return t('data.pair', {
    original: courseWords(originals, shape, index),
    reconstruction: courseWords(reconstructions, shape, index),
  });
}
