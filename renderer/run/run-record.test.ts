import { describe, expect, it } from 'vitest';
import type { RunEvent, RunSummary } from '../../shared/ipc/contract';
import { afterEvent, isOver, newRunView } from './run-record';

const run: RunSummary = {
  runId: 'r1',
  documentHash: 'h',
  engine: { name: 'onnx', version: '1', device: 'cpu', threads: 2 },
  state: 'running',
  epochs: 2,
  stepsPerEpoch: 2,
  parameterCount: 10,
  scaling: 'none',
};
const figures = { mse: 0.1, loss: 0.2 };
const started: RunEvent = { kind: 'started', run };
const progress = (firstStep: number, ...losses: number[]): RunEvent => ({
  kind: 'progress',
  epoch: 1,
  firstStep,
  losses,
  samplesPerSecond: 1000,
  secondsLeft: 3,
  learningRate: 0.001,
});

function viewAfter(...events: RunEvent[]) {
  return events.reduce(afterEvent, newRunView('r1'));
}

describe('afterEvent', () => {
  it('takes every loss of a coalesced event', () => {
    const view = viewAfter(started, progress(1, 0.9, 0.8), progress(3, 0.7));
    expect(view.series.losses).toEqual([0.9, 0.8, 0.7]);
    expect([view.step, view.loss, view.phase]).toEqual([3, 0.7, 'running']);
  });

  it('takes the means of a run that was thinned out', () => {
    const thinned: RunEvent = {
      kind: 'progress',
      epoch: 1,
      firstStep: 1,
      losses: [0.9, 0.8],
      lastSteps: [4, 6],
      samplesPerSecond: 1000,
      secondsLeft: 3,
      learningRate: 0.001,
    };
    const view = viewAfter(started, thinned, progress(7, 0.7));
    expect(view.series.steps).toEqual([4, 6, 7]);
    expect(view.series.losses.map((loss) => Number(loss.toFixed(6)))).toEqual([0.9, 0.8, 0.7]);
    expect([view.step, view.loss]).toEqual([7, 0.7]);
  });

  it('follows pause and resume', () => {
    const paused = viewAfter(started, progress(1, 0.9), { kind: 'paused', step: 1 });
    expect(paused.phase).toBe('paused');
    expect(afterEvent(paused, { kind: 'resumed', step: 1 }).phase).toBe('running');
  });

  it('keeps epochs and the line to beat', () => {
    const view = viewAfter(
      started,
      { kind: 'epoch', epoch: 1, step: 2, trainLoss: 0.5, validation: figures },
      { kind: 'pca', components: 16, validation: { ...figures, measures: {} }, test: null },
    );
    expect(view.epochs).toEqual([{ epoch: 1, step: 2, trainLoss: 0.5, validation: figures }]);
    expect(view.pca?.components).toBe(16);
  });

  it('ends completed with its figures, or failed with its Problem', () => {
    const ended = {
      step: 4,
      seconds: 2,
      samplesPerSecond: 900,
      validation: figures,
      test: null,
      keptEpoch: null,
    };
    const completed = viewAfter(started, { kind: 'completed', ...ended });
    expect([completed.phase, completed.final, isOver(completed.phase)]).toEqual(['completed', ended, true]);
    const problem = { code: 'LOSS_NOT_FINITE', severity: 'error' as const, message: 'm', hint: 'h' };
    const failed = viewAfter(started, { kind: 'failed', step: 3, problem });
    expect([failed.phase, failed.failure, failed.step]).toEqual(['failed', problem, 3]);
  });
});
