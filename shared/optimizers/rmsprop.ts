import { fadingMean } from './moments';
import type { OptimizerDefinition } from './optimizer';
import { epsilon, memoryEntry, momentum } from './optimizer-parameters';

const params = {
  rho: memoryEntry('Rho', 'How long the mean of the squared gradients remembers.', 0.9),
  momentum,
  epsilon,
};

/**
 * RMSProp (Tieleman & Hinton 2012, in the form of Keras): s ← ρ·s + (1 − ρ)·g²;  d = η·g / √(s + ε);  without momentum
 * w ← w − d;  with it u ← μ·u + d;  w ← w − u.
 */
export const rmsprop: OptimizerDefinition<typeof params> = {
  type: 'rmsprop',
  label: 'RMSProp',
  help: 'Divides each step by the recent size of the gradients.',
  params,
  slots: ({ momentum }) => [
    { role: 'meanSquare', start: 0 },
    ...(momentum > 0 ? [{ role: 'momentum', start: 0 }] : []),
  ],
  counters: () => [],
  update(ops, { weight, gradient, learningRate, slot }, { rho, momentum, epsilon }) {
    const meanSquare = fadingMean(ops, rho, slot('meanSquare'), ops.mul(gradient, gradient));
    const step = ops.div(ops.mul(learningRate, gradient), ops.sqrt(ops.add(meanSquare, ops.number(epsilon))));
    if (momentum === 0) return { weight: ops.sub(weight, step), slots: { meanSquare } };
    const moved = ops.add(ops.mul(ops.number(momentum), slot('momentum')), step);
    return { weight: ops.sub(weight, moved), slots: { meanSquare, momentum: moved } };
  },
};
