import { fadingMean, power } from './moments';
import type { OptimizerDefinition } from './optimizer';
import { beta1, epsilon, memoryEntry } from './optimizer-parameters';

const params = {
  beta1,
  beta2: memoryEntry('Beta 2', 'How long the largest gradient is remembered.', 0.999),
  epsilon,
};

/**
 * Adamax (Kingma & Ba 2014, section 7): m ← β₁·m + (1 − β₁)·g;  u ← max(β₂·u, |g|);
 * w ← w − η / (1 − β₁ᵗ) · m / (u + ε).
 */
export const adamax: OptimizerDefinition<typeof params> = {
  type: 'adamax',
  label: 'Adamax',
  help: 'Adam that goes by the largest gradient met, and not by their mean square: steady where gradients are rare.',
  params,
  slots: () => [
    { role: 'm', start: 0 },
    { role: 'u', start: 0 },
  ],
  counters: ({ beta1 }) => [power('beta1Power', beta1)],
  update(ops, { weight, gradient, learningRate, slot, counter }, { beta1, beta2, epsilon }) {
    const m = fadingMean(ops, beta1, slot('m'), gradient);
    const u = ops.maximum(ops.mul(ops.number(beta2), slot('u')), ops.abs(gradient));
    const alpha = ops.div(learningRate, ops.sub(ops.number(1), counter('beta1Power')));
    const step = ops.div(ops.mul(alpha, m), ops.add(u, ops.number(epsilon)));
    return { weight: ops.sub(weight, step), slots: { m, u } };
  },
};
