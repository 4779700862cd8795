import type { RunEvent, RunSummary } from '../../shared/ipc/contract';
import { LossSeries } from './loss-series';

type EventOf<K extends RunEvent['kind']> = Extract<RunEvent, { kind: K }>;
type EpochFigures = Omit<EventOf<'epoch'>, 'kind'>;
type PcaFigures = Omit<EventOf<'pca'>, 'kind'>;
type Reconstructions = Omit<EventOf<'reconstructions'>, 'kind'>;
/** A Problem as it arrives over the wire. */
type ShownProblem = EventOf<'failed'>['problem'];
type FinalFigures = Omit<EventOf<'completed' | 'stopped'>, 'kind'>;

export type RunPhase = 'starting' | 'running' | 'paused' | 'completed' | 'stopped' | 'failed';

/** What the window shows of a run at one moment. */
export interface RunView {
  readonly runId: string;
  readonly summary: RunSummary | null;
  readonly phase: RunPhase;
  /** Counted from 1; 0 before the first. */
  readonly epoch: number;
  readonly step: number;
  readonly loss: number | null;
  /** What the loss is the sum of; null where it is the error alone. */
  readonly terms: Readonly<Record<string, number>> | null;
  readonly samplesPerSecond: number;
  /** Of the next step; null before the first. */
  readonly learningRate: number | null;
  readonly secondsLeft: number | null;
  readonly epochs: readonly EpochFigures[];
  readonly pca: PcaFigures | null;
  readonly reconstructions: Reconstructions | null;
  /** How many reconstruction updates have come; shown, so that the eye sees that they are live. */
  readonly reconstructionUpdates: number;
  readonly final: FinalFigures | null;
  readonly failure: ShownProblem | null;
  /** Why checkpoints of it can't be kept; null where they can. */
  readonly unsaved: ShownProblem | null;
  /** The same object all the time; `series.steps` grows with `step`. */
  readonly series: LossSeries;
}

export function newRunView(runId: string): RunView {
  return {
    runId,
    summary: null,
    phase: 'starting',
    epoch: 0,
    step: 0,
    loss: null,
    terms: null,
    samplesPerSecond: 0,
    learningRate: null,
    secondsLeft: null,
    epochs: [],
    pca: null,
    reconstructions: null,
    reconstructionUpdates: 0,
    final: null,
    failure: null,
    unsaved: null,
    series: new LossSeries(),
  };
}

/** The view after one more event. Only the loss series is changed in place: copying it each time would be waste. */
export function afterEvent(view: RunView, event: RunEvent): RunView {
  switch (event.kind) {
    case 'started':
      return { ...view, summary: event.run, phase: event.run.state === 'paused' ? 'paused' : 'running' };
    case 'progress': {
      const lastOf = (index: number) => event.lastSteps?.[index] ?? event.firstStep + index;
      event.losses.forEach((loss, index) => {
        const before = index === 0 ? event.firstStep - 1 : lastOf(index - 1);
        view.series.push(lastOf(index), loss, lastOf(index) - before);
      });
      return {
        ...view,
        epoch: event.epoch,
        step: lastOf(event.losses.length - 1),
        loss: event.losses.at(-1) ?? view.loss,
        terms: event.terms ?? null,
        samplesPerSecond: event.samplesPerSecond,
        learningRate: event.learningRate,
        secondsLeft: event.secondsLeft,
      };
    }
    case 'epoch': {
      const { kind: _, ...figures } = event;
      return { ...view, epochs: [...view.epochs, figures] };
    }
    case 'reconstructions': {
      const { kind: _, ...reconstructions } = event;
      return { ...view, reconstructions, reconstructionUpdates: view.reconstructionUpdates + 1 };
    }
    case 'pca': {
      const { kind: _, ...pca } = event;
      return { ...view, pca };
    }
    case 'checkpointFailed':
      return { ...view, unsaved: event.problem };
    case 'checkpointKept':
      return { ...view, unsaved: null };
    case 'paused':
      return { ...view, phase: 'paused', step: event.step };
    case 'resumed':
      return { ...view, phase: 'running', step: event.step };
    case 'completed':
    case 'stopped': {
      const { kind, ...final } = event;
      return { ...view, phase: kind, step: final.step, final, secondsLeft: 0 };
    }
    case 'failed':
      return { ...view, phase: 'failed', step: event.step, failure: event.problem, secondsLeft: null };
  }
}

export function isOver(phase: RunPhase): boolean {
  return phase === 'completed' || phase === 'stopped' || phase === 'failed';
}

/** Whether there is more to look into than fresh weights: a step was taken, or the model came trained, perhaps without saying how. */
export function hasWeights({ phase, step }: RunView): boolean {
  return phase !== 'starting' && (step > 0 || phase === 'completed');
}
