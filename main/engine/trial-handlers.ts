import { setImmediate } from 'node:timers/promises';
import type { GraphDocument } from '../../shared/document/graph-document';
import { Cancelled } from '../../shared/errors/problem';
import type { CancelSignal } from '../../shared/ipc/cancel-signal';
import type { CallParams } from '../../shared/ipc/contract';
import type { Handlers } from '../../shared/ipc/handlers';
import { checkDrawing } from '../check/check-drawing';
import type { Dataset } from '../data/dataset';
import type { Executor } from '../execute/executor';
import type { WeightsOrigin } from '../models/starting-point';
import { findLearningRate } from '../train/learning-rate-search';
import { plainProblem } from './plain-problem';

/** All that a drawing is trained with. */
export interface Opened {
  readonly document: GraphDocument;
  readonly dataset: Dataset;
  readonly executor: Executor;
  /** Trained weights to begin with; null where all are fresh. */
  readonly weights: WeightsOrigin | null;
}

/** Loads what a call asks to train, for work that no run may go on beside. @throws ProblemError where one does */
type OpenAlone = <T>(
  params: CallParams<'run.start'>,
  signal: CancelSignal,
  work: (opened: Opened) => Promise<T>,
) => Promise<T>;

/** Answers what takes steps of training without a run: the search for a learning rate, and the check. */
export function addTrialHandlers(handlers: Handlers, openAlone: OpenAlone): void {
  handlers
    .onCall('run.findLearningRate', (params, { signal }) =>
      openAlone(params, signal, async ({ document, dataset, executor, weights }) => {
        const found = await findLearningRate(document, dataset, executor, unlessAborted(signal), weights);
        if (!found) throw new Cancelled();
        return { points: [...found.points], suggestion: found.suggestion };
      }),
    )
    .onCall('run.check', (params, { signal }) =>
      openAlone(params, signal, async ({ document, dataset, executor }) => {
        const checked = await checkDrawing(document, dataset, executor, unlessAborted(signal));
        if (!checked) throw new Cancelled();
        return { ...checked, problems: checked.problems.map(plainProblem) };
      }),
    );
}

/** Lets a calling off come in between two steps. */
function unlessAborted(signal: CancelSignal): () => Promise<boolean> {
  return async () => {
    await setImmediate();
    return !signal.aborted;
  };
}
