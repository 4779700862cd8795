import { bce } from './bce';
import { cosine } from './cosine';
import { huber } from './huber';
import type { LossDefinition } from './loss';
import { mae } from './mae';
import { mse } from './mse';
import { ssim } from './ssim';

const all = [mse, bce, mae, huber, ssim, cosine] as const;

export type Loss = (typeof all)[number]['type'];

/** Every loss there is, in the order they are offered. */
export const losses: readonly LossDefinition<Loss>[] = all;

const byType = new Map<Loss, LossDefinition<Loss>>(losses.map((loss) => [loss.type, loss]));

export function lossOf(type: Loss): LossDefinition<Loss> {
  const loss = byType.get(type);
  if (!loss) throw new Error(`There is no loss “${type}”.`);
  return loss;
}
