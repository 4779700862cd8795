import { problem } from '../errors/catalogue';
import { type LossDefinition, meanOver } from './loss';

/** Keras' epsilon: probabilities are kept this far from 0 and 1 before their logarithm is taken. */
export const PROBABILITY_MARGIN = 1e-7;

/** −t·log p − (1 − t)·log(1 − p), for predictions and targets in 0 … 1. */
export const bce: LossDefinition<'bce'> = {
  type: 'bce',
  label: 'Binary cross-entropy',
  brief: 'BCE',
  help: 'Reads each value as a probability: for data in 0–1, mostly black or white. Needs a sigmoid output.',
  activation: 'sigmoid',
  problems(activation, nodeId) {
    // Of the nine activations only the sigmoid stays between 0 and 1, where cross-entropy is defined.
    if (activation === 'sigmoid') return [];
    return [problem('BCE_NEEDS_SIGMOID', { activation }, { nodeId, param: 'activation' })];
  },
  dataProblems([min, max], nodeId) {
    if (min >= 0 && max <= 1) return [];
    return [problem('BCE_DATA_RANGE', { min, max }, { nodeId, param: 'loss' })];
  },
  lower: (ops, prediction, target) => ops.crossEntropy(prediction, target),
  of: meanOver((prediction, target) => {
    const p = Math.max(PROBABILITY_MARGIN, Math.min(1 - PROBABILITY_MARGIN, prediction));
    return -(target * Math.log(p) + (1 - target) * Math.log(1 - p));
  }),
};
