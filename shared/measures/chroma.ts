import { LUMINANCE } from '../tensors/luminance';
import { isPicture } from '../tensors/shape';
import type { MeasureDefinition, SampleValues } from './measure';

/**
 * The mean squared error of the colours alone: of each value less the brightness of its pixel. It is what colouring can be
 * right or wrong in.
 */
export const chroma: MeasureDefinition<'chroma'> = {
  type: 'chroma',
  label: 'Chroma error',
  brief: 'Chroma MSE',
  unit: '',
  better: 'lower',
  help: 'The mean squared error of the colours alone, their brightness taken off.',
  appliesTo: (shape) => isPicture(shape) && shape[2] === 3,
  of(prediction, target) {
    let sum = 0;
    for (let at = 0; at < target.length; at += 3) {
      const brightness = brightnessAt(prediction, at) - brightnessAt(target, at);
      for (let channel = at; channel < at + 3; channel++) {
        sum += ((prediction[channel] ?? 0) - (target[channel] ?? 0) - brightness) ** 2;
      }
    }
    return sum / target.length;
  },
};

/** The brightness of the pixel whose red, green and blue begin at `at`. */
export function brightnessAt(values: SampleValues, at: number): number {
  return LUMINANCE.reduce((sum, weight, channel) => sum + weight * (values[at + channel] ?? 0), 0);
}
