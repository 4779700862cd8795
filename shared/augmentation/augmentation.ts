import { choice, integer, number, type ParameterValues } from '../blocks/parameter';
import { problem } from '../errors/catalogue';
import type { Problem } from '../errors/problem';
import { formatShape, isPicture, type Shape } from '../tensors/shape';

/** What training does to its samples at random, each for itself and in every step anew. */
export const augmentationParameters = {
  shift: integer({
    label: 'Shift',
    help: 'How far each sample is moved at most, by whole pixels along both axes of a picture, or along a series. What comes in is the edge, repeated.',
    unit: 'px',
    min: 0,
    max: 1024,
    default: 0,
  }),
  flip: choice({
    label: 'Flip',
    help: 'Turns one of two samples round: left to right (a series: end to start), top to bottom, or both, each by itself.',
    options: [
      { value: 'none', label: 'None' },
      { value: 'horizontal', label: 'Left–right' },
      { value: 'vertical', label: 'Top–bottom' },
      { value: 'both', label: 'Both' },
    ],
    default: 'none',
  }),
  rotate: number({
    label: 'Rotate',
    help: 'How far each picture is turned at most, either way, around its middle.',
    unit: '°',
    min: 0,
    max: 180,
    step: 5,
    default: 0,
  }),
};

export type Augmentation = ParameterValues<typeof augmentationParameters>;

export const NO_AUGMENTATION: Augmentation = { shift: 0, flip: 'none', rotate: 0 };

/** Whether an augmentation does anything to some sample. */
export function augments({ shift, flip, rotate }: Augmentation): boolean {
  return shift > 0 || flip !== 'none' || rotate > 0;
}

/**
 * The part of an augmentation that samples of this shape take: pictures all of it, series the shift and the reversal, and
 * vectors nothing, for the values of a row lie beside each other by chance. Null where nothing is left.
 */
export function augmentationOf(augmentation: Augmentation | undefined, shape: Shape): Augmentation | null {
  if (!augmentation || shape.length < 2) return null;
  const taken = isPicture(shape) ? augmentation : alongSeries(augmentation);
  return augments(taken) ? taken : null;
}

/** What an augmentation comes to on a series, which has one axis. */
export function alongSeries({ shift, flip }: Augmentation): Augmentation {
  return { shift, flip: flip === 'horizontal' || flip === 'both' ? 'horizontal' : 'none', rotate: 0 };
}

/** A shift that leaves most of a sample in sight: an eighth of its shorter side. */
export function fittingShift(shape: Shape): number {
  return Math.max(1, Math.round(shortestSide(shape) / 8));
}

/** What of an augmentation has no meaning for samples of this shape, or would move them out of sight. */
export function augmentationProblems(
  augmentation: Augmentation | undefined,
  shape: Shape,
): readonly Problem[] {
  if (!augmentation || !augments(augmentation)) return [];
  const where = { path: 'training.augmentation' };
  if (shape.length < 2) return [problem('AUGMENTATION_TABLE', { shape: formatShape(shape) }, where)];
  const { shift, flip, rotate } = augmentation;
  const taken = isPicture(shape) ? augmentation : alongSeries(augmentation);
  return [
    ...(taken.flip !== flip || taken.rotate !== rotate
      ? [problem('AUGMENTATION_SERIES', { shape: formatShape(shape) }, where)]
      : []),
    ...(shift > 0 && shift >= shortestSide(shape)
      ? [problem('AUGMENTATION_SHIFT', { shift, shape: formatShape(shape) }, { ...where, param: 'shift' })]
      : []),
  ];
}

/** Of the axes a sample is moved along; a single pixel is moved along none. */
function shortestSide(shape: Shape): number {
  const sides = shape.slice(0, -1).filter((length) => length > 1);
  return sides.length > 0 ? Math.min(...sides) : Number.POSITIVE_INFINITY;
}
