import type { OptimizerDefinition, UpdateInputs, UpdateOps } from './optimizer';

/** A mean that forgets: share·mean + (1 − share)·value. */
export function fadingMean<V>(ops: UpdateOps<V>, share: number, mean: V, value: V): V {
  return ops.add(ops.mul(ops.number(share), mean), ops.mul(ops.number(1 - share), value));
}

/** A share's power of the step that comes, t = 1, 2, …: what the bias of a fading mean is told by. */
export function power(name: string, share: number): ReturnType<OptimizerDefinition['counters']>[number] {
  return { name, start: share, next: (ops, counter) => ops.mul(counter(name), ops.number(share)) };
}

interface MomentParameters {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** What Adam keeps: the fading means of the gradients and of their squares, and the powers of both shares. */
export const momentSlots = [
  { role: 'm', start: 0 },
  { role: 'v', start: 0 },
];

export function momentCounters({ beta1, beta2 }: MomentParameters) {
  return [power('beta1Power', beta1), power('beta2Power', beta2)];
}

/**
 * Adam's step from a weight (Kingma & Ba 2014, in the form of Keras and of TensorFlow's fused op):
 * α = η·√(1 − β₂ᵗ) / (1 − β₁ᵗ);  m ← β₁·m + (1 − β₁)·g;  v ← β₂·v + (1 − β₂)·g²;  w ← w − α·m / (√v + ε).
 */
export function momentStep<V>(
  ops: UpdateOps<V>,
  weight: V,
  { gradient, learningRate, slot, counter }: UpdateInputs<V>,
  { beta1, beta2, epsilon }: MomentParameters,
) {
  const one = ops.number(1);
  const m = fadingMean(ops, beta1, slot('m'), gradient);
  const v = fadingMean(ops, beta2, slot('v'), ops.mul(gradient, gradient));
  const alpha = ops.div(
    ops.mul(learningRate, ops.sqrt(ops.sub(one, counter('beta2Power')))),
    ops.sub(one, counter('beta1Power')),
  );
  const step = ops.div(ops.mul(alpha, m), ops.add(ops.sqrt(v), ops.number(epsilon)));
  return { weight: ops.sub(weight, step), slots: { m, v } };
}
