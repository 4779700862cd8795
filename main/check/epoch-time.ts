import { filledRows } from '../data/sample-rows';
import type { Go } from '../train/evaluation';
import type { PreparedRun } from '../train/run-preparation';
import type { TrialSession } from '../train/trial-session';

/** Goes that are not timed: the first one builds what later ones use. */
const COLD = 1;
const MOST_TIMED = 20;
/** Milliseconds of whole steps after which their time is known well enough, and of all else. */
const LONG_ENOUGH = 1000;
const BRIEFLY = 250;

/** How long an epoch of a run will take. */
interface EpochTimes {
  readonly secondsPerEpoch: number;
  /** Of each stage of pre-training: the block that is trained with its twin, and how long an epoch of it takes. */
  readonly stages: readonly { readonly block: string; readonly secondsPerEpoch: number }[];
}

/**
 * Times what an epoch is made of, by real work at learning rate 0: whole steps, the last smaller one, the evaluation of the
 * validation samples; and the same of each stage of pre-training. What is shown of a run meanwhile is not in it.
 *
 * @returns null where `go` said no
 */
export async function epochTimes(
  trial: TrialSession,
  prepared: PreparedRun,
  go: Go,
): Promise<EpochTimes | null> {
  const secondsPerEpoch = await secondsOf(trial, prepared, 0, go);
  if (secondsPerEpoch === null) return null;
  const stages: EpochTimes['stages'][number][] = [];
  for (const [index, { block }] of prepared.stages.entries()) {
    const seconds = await secondsOf(trial, prepared, index + 1, go);
    if (seconds === null) return null;
    stages.push({ block, secondsPerEpoch: seconds });
  }
  return { secondsPerEpoch, stages };
}

/** @param stage of pre-training, counted from 1; 0: the whole */
async function secondsOf(
  trial: TrialSession,
  { train, validation, batchSize, remainder, evaluationBatch }: PreparedRun,
  stage: number,
  go: Go,
): Promise<number | null> {
  const parts = [
    {
      times: Math.floor(train.length / batchSize),
      enough: stage === 0 ? LONG_ENOUGH : BRIEFLY,
      work: (step: number) => trial.step(train.slice(0, batchSize), 0, step, stage),
    },
    {
      times: remainder > 0 ? 1 : 0,
      enough: BRIEFLY,
      work: (step: number) => trial.step(train.slice(0, remainder), 0, step, stage),
    },
    {
      times: Math.ceil(validation.length / evaluationBatch),
      enough: BRIEFLY,
      work: () => trial.evaluate(filledRows(validation.slice(0, evaluationBatch), evaluationBatch), stage),
    },
  ];
  let milliseconds = 0;
  for (const { times, enough, work } of parts) {
    if (times === 0) continue;
    const once = await medianTime(work, enough, go);
    if (once === null) return null;
    milliseconds += times * once;
  }
  return milliseconds / 1000;
}

/** The median of the milliseconds that a piece of work takes; null where `go` said no. */
async function medianTime(
  work: (index: number) => Promise<unknown>,
  enough: number,
  go: Go,
): Promise<number | null> {
  const times: number[] = [];
  let spent = 0;
  for (let index = 1; index <= MOST_TIMED && (times.length === 0 || spent < enough); index++) {
    if (!(await go())) return null;
    const since = performance.now();
    await work(index);
    const took = performance.now() - since;
    spent += took;
    if (index > COLD) times.push(took);
  }
  return times.sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
}
