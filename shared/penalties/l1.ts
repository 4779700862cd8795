import type { PenaltyDefinition } from './penalty';

/** |a| of every value, as Keras' L1 activity regulariser: λ·Σ|a|, the mean over samples. */
export const l1: PenaltyDefinition<'l1'> = {
  type: 'l1',
  label: 'L1',
  of: 'values',
  hasTarget: false,
  problems: () => [],
  lower: (ops, activity) => ops.abs(activity),
};
