import { z } from 'zod';
import type { KeptHistory } from '../../shared/ipc/kept-run-schemas';
import { keptHistorySchema } from '../../shared/ipc/kept-run-schemas';

/** Points of a chart's line; a screen has hardly more columns. */
const MOST_POINTS = 2000;

const historyFileSchema = z.object({
  epochs: keptHistorySchema.shape.epochs,
  losses: z.array(z.number()),
  lossSteps: z.array(z.int()).optional(),
  validation: z.object({ pcaMse: z.number().optional() }).nullish(),
});

/**
 * What charts need of a run's `history.json`: its losses as at most 2,000 means of neighbours.
 *
 * @throws Error where the text is not such a history
 */
export function historyFrom(text: string): KeptHistory {
  const { epochs, losses, lossSteps, validation } = historyFileSchema.parse(JSON.parse(text));
  const stepOf = (index: number) => lossSteps?.[index] ?? index + 1;
  const width = Math.max(1, Math.ceil(losses.length / MOST_POINTS));
  const points: { step: number; loss: number }[] = [];
  for (let start = 0; start < losses.length; start += width) {
    const end = Math.min(start + width, losses.length);
    let sum = 0;
    let steps = 0;
    for (let at = start; at < end; at++) {
      // Where the run was thinned out a loss stands for several steps.
      const weight = stepOf(at) - (at === 0 ? 0 : stepOf(at - 1));
      sum += (losses[at] ?? 0) * weight;
      steps += weight;
    }
    points.push({ step: stepOf(end - 1), loss: sum / steps });
  }
  const pcaMse = validation?.pcaMse;
  return { epochs, losses: points, pca: pcaMse === undefined ? null : { mse: pcaMse } };
}
