import type { MeasureDefinition } from './measure';

/** The mean of |p − t|. */
export const mae: MeasureDefinition<'mae'> = {
  type: 'mae',
  label: 'Mean absolute error',
  brief: 'MAE',
  unit: '',
  better: 'lower',
  help: 'How far a value is off on average.',
  appliesTo: () => true,
  of(prediction, target) {
    let sum = 0;
    for (let i = 0; i < target.length; i++) sum += Math.abs((prediction[i] ?? 0) - (target[i] ?? 0));
    return sum / target.length;
  },
};
