import { type LossDefinition, meanOver } from './loss';

/** (p − t)². */
export const mse: LossDefinition<'mse'> = {
  type: 'mse',
  label: 'Mean squared error',
  brief: 'MSE',
  help: 'Squares each error, so that large ones weigh most. Right for most data.',
  activation: null,
  problems: () => [],
  dataProblems: () => [],
  lower: (ops, prediction, target) => ops.square(ops.sub(prediction, target)),
  of: meanOver((prediction, target) => (prediction - target) ** 2),
};
