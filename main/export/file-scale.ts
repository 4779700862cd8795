import type { FittedScaling } from '../data/dataset';
import type { Preprocessing } from '../models/trained-model';

/** Numbers of files as a model sees them: what `scaleSamples` does, of an array. */
export function scaledValues(values: Float32Array, { offset, factor }: FittedScaling): Float32Array {
  const groups = offset.length;
  return values.map((value, at) => (value - offset[at % groups]!) * factor[at % groups]!);
}

/** What a model makes, in the scale of its files: bytes from 0 to 255 (not rounded), numbers as before scaling. */
export function inFileScale(
  values: Float32Array,
  { dtype, scaling }: Pick<Preprocessing, 'dtype' | 'scaling'>,
): Float32Array {
  const [offset, factor] = scaling ? [scaling.offset, scaling.factor] : [[0], [1]];
  const full = dtype === 'uint8' ? 255 : 1;
  const groups = offset.length;
  return values.map((value, at) => (value / factor[at % groups]! + offset[at % groups]!) * full);
}
