import type { MeasureDefinition, SampleValues } from './measure';

/** The mean of (p − t)² over the values of a sample. */
export function meanSquaredError(prediction: SampleValues, target: SampleValues): number {
  let sum = 0;
  for (let i = 0; i < target.length; i++) sum += ((prediction[i] ?? 0) - (target[i] ?? 0)) ** 2;
  return sum / target.length;
}

/** The mean squared error. */
export const mse: MeasureDefinition<'mse'> = {
  type: 'mse',
  label: 'Mean squared error',
  brief: 'MSE',
  unit: '',
  better: 'lower',
  help: 'The mean of the squared differences between values; large errors weigh most.',
  appliesTo: () => true,
  of: meanSquaredError,
};
