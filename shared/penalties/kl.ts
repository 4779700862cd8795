import { problem } from '../errors/catalogue';
import type { PenaltyDefinition } from './penalty';

/** Mean activities are kept this far from 0 and 1 before their logarithm is taken. */
const MARGIN = 1e-6;

/**
 * KL(ρ ‖ ρ̂) = ρ·log(ρ/ρ̂) + (1 − ρ)·log((1 − ρ)/(1 − ρ̂)) of every unit, with ρ the target and ρ̂ its mean activity over
 * the batch (Ng 2011, sparse autoencoder).
 */
export const kl: PenaltyDefinition<'kl'> = {
  type: 'kl',
  label: 'KL to a target',
  of: 'means',
  hasTarget: true,
  problems(activation, nodeId) {
    // Of all activations only the sigmoid stays between 0 and 1, where the divergence is defined.
    if (activation === 'sigmoid') return [];
    return [problem('KL_NEEDS_SIGMOID', { activation }, { nodeId, param: 'activation' })];
  },
  lower(ops, activity, target) {
    const mean = ops.clip(activity, MARGIN, 1 - MARGIN);
    const absence = ops.sub(ops.constant(1), mean);
    const given = target * Math.log(target) + (1 - target) * Math.log(1 - target);
    const active = ops.mul(ops.constant(target), ops.log(mean));
    const inactive = ops.mul(ops.constant(1 - target), ops.log(absence));
    return ops.sub(ops.constant(given), ops.add(active, inactive));
  },
};
