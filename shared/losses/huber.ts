import { type LossDefinition, meanOver } from './loss';

/** Keras' default. */
const DELTA = 1;

/**
 * Huber (1964): e²/2 where |e| ≤ δ, δ·(|e| − δ/2) beyond, with e = p − t and δ = 1. Written as c·(e − c/2) with c = e held
 * within ±δ, which is both.
 */
export const huber: LossDefinition<'huber'> = {
  type: 'huber',
  label: 'Huber (δ = 1)',
  brief: 'Huber',
  help: 'Squares small errors and takes those above 1 as they are: for standardised data with outliers.',
  activation: null,
  problems: () => [],
  dataProblems: () => [],
  lower(ops, prediction, target) {
    const error = ops.sub(prediction, target);
    const held = ops.clip(error, -DELTA, DELTA);
    return ops.mul(held, ops.sub(error, ops.mul(held, ops.constant(0.5))));
  },
  of: meanOver((prediction, target) => {
    const error = prediction - target;
    const held = Math.max(-DELTA, Math.min(DELTA, error));
    return held * (error - held / 2);
  }),
};
