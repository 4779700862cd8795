import { describe, expect, it } from 'vitest';
import type { RunEvent, RunSummary } from '../../shared/ipc/contract';
import { afterRunEvent, endNotice, isGoingOn, newRunProgress, taskBarOf } from './run-progress';

const run: RunSummary = {
  runId: 'r',
  documentHash: 'h',
  engine: { name: 'onnx', version: '1', device: 'cpu', threads: 2 },
  state: 'running',
  epochs: 4,
  stepsPerEpoch: 50,
  parameterCount: 1,
  scaling: 'none',
};
const steps = (firstStep: number, count: number, lastSteps?: number[]): RunEvent => ({
  kind: 'progress',
  epoch: 1,
  firstStep,
  losses: Array.from({ length: count }, () => 1),
  ...(lastSteps && { lastSteps }),
  samplesPerSecond: 1,
  secondsLeft: 1,
  learningRate: 0.001,
});
const started: RunEvent = { kind: 'started', run };
const failed: RunEvent = {
  kind: 'failed',
  step: 60,
  problem: { code: 'NAN_LOSS', severity: 'error', message: 'The loss became infinite.', hint: '' },
};
const ended = (kind: 'completed' | 'stopped'): RunEvent => ({
  kind,
  step: 200,
  seconds: 1,
  samplesPerSecond: 1,
  validation: { mse: 0.0123456, loss: 1 },
  test: null,
  keptEpoch: null,
});
const progressAfter = (...events: RunEvent[]) => events.reduce(afterRunEvent, newRunProgress('r'));

describe('the task bar', () => {
  it.each([
    ['nothing known yet', progressAfter(), { share: 2, mode: 'indeterminate' }],
    ['begun', progressAfter(started), { share: 0, mode: 'normal' }],
    ['a quarter', progressAfter(started, steps(1, 50)), { share: 0.25, mode: 'normal' }],
    ['joined late', progressAfter(started, steps(1, 2, [60, 100])), { share: 0.5, mode: 'normal' }],
    [
      'paused',
      progressAfter(started, steps(1, 50), { kind: 'paused', step: 50 }),
      { share: 0.25, mode: 'paused' },
    ],
    [
      'gone on',
      progressAfter(started, { kind: 'paused', step: 0 }, { kind: 'resumed', step: 0 }),
      { share: 0, mode: 'normal' },
    ],
    ['failed', progressAfter(started, steps(1, 60), failed), { share: 0.3, mode: 'error' }],
    ['failed at once', progressAfter(failed), { share: 1, mode: 'error' }],
    ['completed', progressAfter(started, ended('completed')), { share: -1, mode: 'none' }],
    ['stopped', progressAfter(started, ended('stopped')), { share: -1, mode: 'none' }],
    ['no run', null, { share: -1, mode: 'none' }],
  ])('shows a run: %s', (_, progress, expected) => {
    expect(taskBarOf(progress)).toEqual(expected);
  });
});

it('goes on until it has ended in one way or another', () => {
  expect(
    [progressAfter(), progressAfter(started), progressAfter(started, { kind: 'paused', step: 0 })].map(
      isGoingOn,
    ),
  ).toEqual([true, true, true]);
  expect(
    [progressAfter(ended('completed')), progressAfter(ended('stopped')), progressAfter(failed)].map(
      isGoingOn,
    ),
  ).toEqual([false, false, false]);
});

describe('the notice of its end', () => {
  it('tells what came of a long run', () => {
    const epoch = (number: number): RunEvent => ({
      kind: 'epoch',
      epoch: number,
      step: 50 * number,
      trainLoss: 1,
      validation: null,
    });
    expect(endNotice(progressAfter(started, epoch(1), epoch(2), ended('completed')), 130.4)).toEqual({
      title: 'Training is finished',
      body: '2 epochs in 2 min 10 s, validation MSE 0.01235.',
    });
    expect(endNotice(progressAfter(started, ended('completed')), 3_725)?.body).toContain('1 h 2 min');
    expect(endNotice(progressAfter(started, failed), 61)).toEqual({
      title: 'Training stopped',
      body: 'The loss became infinite.',
    });
  });

  it('says nothing of a short one, or of one that the user stopped', () => {
    expect(endNotice(progressAfter(started, ended('completed')), 59.9)).toBeNull();
    expect(endNotice(progressAfter(started, ended('stopped')), 600)).toBeNull();
  });
});
