import type { RunEvent } from '../../shared/ipc/contract';
import type { Checkpoint } from './checkpoint';
import { type EpochRecord, lossOfEpoch } from './epoch-record';
import type { RunCourse } from './run-course';

/** Losses in one event, so that none grows long. */
const MOST_LOSSES = 1024;

/** The losses and epochs that came before a checkpoint, as the run told them: each epoch's losses, then the epoch. */
export function earlierEvents({ progress, losses, lossSteps }: Checkpoint, course: RunCourse): RunEvent[] {
  const stepOf = (index: number) => lossSteps?.[index] ?? index + 1;
  const events: RunEvent[] = [];
  const epochLosses: number[] = [];
  let at = 0;
  const tellLosses = (epoch: number, until: number, samplesPerSecond: number) => {
    while (losses && at < losses.length && stepOf(at) <= until) {
      const start = at;
      while (at < losses.length && stepOf(at) <= until && at - start < MOST_LOSSES) at++;
      events.push({
        kind: 'progress',
        epoch,
        firstStep: start === 0 ? 1 : stepOf(start - 1) + 1,
        losses: Array.from(losses.subarray(start, at)),
        ...(lossSteps && { lastSteps: Array.from(lossSteps.subarray(start, at)) }),
        samplesPerSecond,
        secondsLeft: 0,
        learningRate: course.learningRate(epoch, stepOf(at - 1), epochLosses),
      });
    }
  };
  for (const record of progress.epochs) {
    tellLosses(record.epoch, record.step, record.samplesPerSecond);
    events.push(epochEvent(record));
    if (record.stage === undefined) epochLosses.push(lossOfEpoch(record));
  }
  const latest = progress.epochs.at(-1)?.samplesPerSecond ?? 0;
  tellLosses(progress.epochs.length + 1, Number.POSITIVE_INFINITY, latest);
  return events;
}

/** A finished epoch, as it is told. */
export function epochEvent({
  samplesPerSecond: _,
  ...record
}: EpochRecord): Extract<RunEvent, { kind: 'epoch' }> {
  return { kind: 'epoch', ...record };
}
