import type { OptimizerDefinition } from './optimizer';
import { momentum } from './optimizer-parameters';

const params = { momentum };

/** Stochastic gradient descent: w ← w − η·g; with momentum μ, as in Keras, u ← μ·u − η·g and w ← w + u. */
export const sgd: OptimizerDefinition<typeof params> = {
  type: 'sgd',
  label: 'SGD with momentum',
  help: 'Follows the gradients as they are; needs a well-chosen learning rate.',
  params,
  chosen: { momentum: 0.9 },
  slots: ({ momentum }) => (momentum > 0 ? [{ role: 'velocity', start: 0 }] : []),
  counters: () => [],
  update(ops, { weight, gradient, learningRate, slot }, { momentum }) {
    const step = ops.mul(learningRate, gradient);
    if (momentum === 0) return { weight: ops.sub(weight, step), slots: {} };
    const velocity = ops.sub(ops.mul(ops.number(momentum), slot('velocity')), step);
    return { weight: ops.add(weight, velocity), slots: { velocity } };
  },
};
