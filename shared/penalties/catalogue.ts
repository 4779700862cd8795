import { kl } from './kl';
import { l1 } from './l1';
import type { PenaltyDefinition } from './penalty';

/** Every penalty on activities there is, in the order they are offered. */
export const penalties: readonly PenaltyDefinition[] = [l1, kl];

/** The penalty of this type; null for `none`. */
export function penaltyOf(type: string): PenaltyDefinition | null {
  return penalties.find((penalty) => penalty.type === type) ?? null;
}
