import { type LossDefinition, meanOver } from './loss';

/** |p − t|. */
export const mae: LossDefinition<'mae'> = {
  type: 'mae',
  label: 'Mean absolute error',
  brief: 'MAE',
  help: 'Weighs every error by its size alone, so that a few wild values matter little; edges come out sharper.',
  activation: null,
  problems: () => [],
  dataProblems: () => [],
  lower: (ops, prediction, target) => ops.abs(ops.sub(prediction, target)),
  of: meanOver((prediction, target) => Math.abs(prediction - target)),
};
