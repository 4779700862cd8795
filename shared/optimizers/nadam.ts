import { fadingMean, momentSlots, power } from './moments';
import type { CounterOps, OptimizerDefinition } from './optimizer';
import { beta1, beta2, epsilon } from './optimizer-parameters';

const params = { beta1, beta2, epsilon };

/** How the momentum warms up, as Dozat and Keras have it: μₜ = β₁·(1 − 0.96ᵗ/2). */
const WARM_UP = 0.96;

function warmed<V>(ops: CounterOps<V>, beta1: number, power: V): V {
  return ops.mul(ops.number(beta1), ops.sub(ops.number(1), ops.mul(ops.number(0.5), power)));
}

/**
 * Nadam (Dozat 2016, in the form of Keras 3). With μₜ the warmed-up momentum of step t, and M = μ₁·μ₂·…·μₜ:
 * m ← β₁·m + (1 − β₁)·g;  v ← β₂·v + (1 − β₂)·g²;
 * m̂ = μₜ₊₁·m / (1 − M·μₜ₊₁) + (1 − μₜ)·g / (1 − M);  w ← w − η·m̂ / (√(v / (1 − β₂ᵗ)) + ε).
 */
export const nadam: OptimizerDefinition<typeof params> = {
  type: 'nadam',
  label: 'Nadam',
  help: 'Adam that looks a step ahead (Nesterov’s momentum): often a little faster at the start.',
  params,
  slots: () => momentSlots,
  counters: ({ beta1, beta2 }) => [
    power('warmUpPower', WARM_UP),
    {
      // The product of the momenta of the steps before.
      name: 'momentumProduct',
      start: 1,
      next: (ops, counter) => ops.mul(counter('momentumProduct'), warmed(ops, beta1, counter('warmUpPower'))),
    },
    power('beta2Power', beta2),
  ],
  update(ops, { weight, gradient, learningRate, slot, counter }, { beta1, beta2, epsilon }) {
    const one = ops.number(1);
    const power = counter('warmUpPower');
    const present = warmed(ops, beta1, power);
    const next = warmed(ops, beta1, ops.mul(power, ops.number(WARM_UP)));
    const product = ops.mul(counter('momentumProduct'), present);
    const m = fadingMean(ops, beta1, slot('m'), gradient);
    const v = fadingMean(ops, beta2, slot('v'), ops.mul(gradient, gradient));
    const ofMean = ops.div(next, ops.sub(one, ops.mul(product, next)));
    const ofGradient = ops.div(ops.sub(one, present), ops.sub(one, product));
    const direction = ops.add(ops.mul(ofMean, m), ops.mul(ofGradient, gradient));
    const spread = ops.sqrt(ops.div(v, ops.sub(one, counter('beta2Power'))));
    const step = ops.div(ops.mul(learningRate, direction), ops.add(spread, ops.number(epsilon)));
    return { weight: ops.sub(weight, step), slots: { m, v } };
  },
};
