import type { GraphDocument } from '../../shared/document/graph-document';
import type { Dataset } from '../data/dataset';
import type { Executor } from '../execute/executor';
import { startingPoint, type WeightsOrigin } from '../models/starting-point';
import { permutation } from '../random/philox';
import type { Go } from './evaluation';
import { type RatePoint, suggestedRate } from './rate-suggestion';
import { prepareRun } from './run-preparation';
import { TrialSession, trialPrograms } from './trial-session';

const [LEAST, MOST] = [1e-6, 1];
const STEPS = 100;
/** How much of the smoothed loss each step keeps. */
const SMOOTHING = 0.9;
/** The search ends where the smoothed loss is this many times its best. */
const DIVERGED = 4;
const SHUFFLE_SITE = 'learning-rate search';

/** What a search for a learning rate found: every step's rate and loss, and the rate to begin with. */
export interface RateSearch {
  readonly points: readonly RatePoint[];
  /** Null where the loss fell nowhere. */
  readonly suggestion: number | null;
}

/**
 * The learning-rate range test (Smith 2015, 2017): from the weights that a run begins with, 100 steps whose rate grows exponentially from 10⁻⁶
 * to 1, or until the smoothed loss is above 4 × its best or no longer finite. The smoothed loss is the running mean
 * s ← 0.9·s + 0.1·loss, divided by 1 − 0.9ⁿ after n steps. No run, and nothing of one, is changed.
 *
 * @param origin trained weights that a run begins with where they fit; none: all are fresh
 * @returns null where `go` said no
 * @throws ProblemError where the drawing can't be trained on the data, as a run's
 */
export async function findLearningRate(
  drawing: GraphDocument,
  loaded: Dataset,
  executor: Executor,
  go: Go,
  origin: WeightsOrigin | null = null,
): Promise<RateSearch | null> {
  const prepared = prepareRun(drawing, loaded);
  const begun = origin ? startingPoint(prepared.plan, origin) : null;
  const { document, train, batchSize } = prepared;
  const { seed } = document.training;
  const set = trialPrograms(prepared, executor);
  if (!(await go())) return null;
  const trial = await TrialSession.open(prepared, executor, set, [], begun?.weights);
  try {
    const points: RatePoint[] = [];
    const batches = Math.floor(train.length / batchSize);
    let [sum, best, order] = [0, Number.POSITIVE_INFINITY, train];
    for (let step = 0; step < STEPS; step++) {
      const batch = step % batches;
      if (batch === 0) {
        order = permutation(seed, SHUFFLE_SITE, step / batches, train.length).map((place) => train[place]!);
      }
      const rate = LEAST * (MOST / LEAST) ** (step / (STEPS - 1));
      const rows = order.slice(batch * batchSize, (batch + 1) * batchSize);
      const loss = await trial.step(rows, rate, step + 1);
      if (!Number.isFinite(loss)) break;
      sum = SMOOTHING * sum + (1 - SMOOTHING) * loss;
      const smoothed = sum / (1 - SMOOTHING ** (step + 1));
      points.push({ rate, loss, smoothed });
      best = Math.min(best, smoothed);
      if (smoothed > DIVERGED * best) break;
      if (!(await go())) return null;
    }
    return { points, suggestion: suggestedRate(points) };
  } finally {
    await trial.dispose();
  }
}
