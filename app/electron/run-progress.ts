import type { RunEvent } from '../../shared/ipc/contract';

/** How far a run has come, as the system shows it. */
export interface RunProgress {
  readonly runId: string;
  readonly phase: 'starting' | 'running' | 'paused' | 'completed' | 'stopped' | 'failed';
  /** All steps that there will be; null until the run has said so. */
  readonly steps: number | null;
  readonly step: number;
  /** Epochs that are over: a run may complete before all of them were trained. */
  readonly epochs: number;
  /** What the user is told where it failed. */
  readonly failure?: string;
  readonly validationMse?: number;
}

export function newRunProgress(runId: string): RunProgress {
  return { runId, phase: 'starting', steps: null, step: 0, epochs: 0 };
}

/** The progress after one more event of the run. */
export function afterRunEvent(progress: RunProgress, event: RunEvent): RunProgress {
  switch (event.kind) {
    case 'started': {
      const { epochs, stepsPerEpoch, state } = event.run;
      const phase = state === 'paused' ? 'paused' : 'running';
      return { ...progress, phase, steps: epochs * stepsPerEpoch };
    }
    case 'progress':
      return { ...progress, step: event.lastSteps?.at(-1) ?? event.firstStep + event.losses.length - 1 };
    case 'epoch':
      return { ...progress, epochs: event.epoch };
    case 'paused':
      return { ...progress, phase: 'paused' };
    case 'resumed':
      return { ...progress, phase: 'running' };
    case 'completed':
    case 'stopped':
      return {
        ...progress,
        phase: event.kind,
        step: event.step,
        ...(event.validation && { validationMse: event.validation.mse }),
      };
    case 'failed':
      return { ...progress, phase: 'failed', failure: event.problem.message };
    default:
      return progress;
  }
}

export function isGoingOn({ phase }: RunProgress): boolean {
  return phase === 'starting' || phase === 'running' || phase === 'paused';
}

/** What the task bar or the dock shows; `share` as Electron has it: −1 for nothing, 2 for no known share. */
export interface TaskBar {
  readonly share: number;
  readonly mode: 'normal' | 'indeterminate' | 'paused' | 'error' | 'none';
}

const NOTHING: TaskBar = { share: -1, mode: 'none' };

export function taskBarOf(progress: RunProgress | null): TaskBar {
  if (!progress) return NOTHING;
  const { phase, step, steps } = progress;
  // In percent: more can't be seen.
  const share = steps ? Math.min(1, Math.round((100 * step) / steps) / 100) : null;
  switch (phase) {
    case 'starting':
    case 'running':
      return share === null ? { share: 2, mode: 'indeterminate' } : { share, mode: 'normal' };
    case 'paused':
      return { share: share ?? 0, mode: 'paused' };
    case 'failed':
      return { share: share || 1, mode: 'error' };
    default:
      return NOTHING;
  }
}

/** Seconds that a run must have taken for its end to be news to somebody who went away. */
const LONG = 60;

/** What to tell the user of a run's end; null where they have stopped it themselves, or hardly waited. */
export function endNotice(progress: RunProgress, seconds: number): { title: string; body: string } | null {
  if (seconds < LONG) return null;
  const { phase, epochs, validationMse, failure } = progress;
  if (phase === 'failed') return { title: 'Training stopped', body: failure ?? '' };
  if (phase !== 'completed') return null;
  const error = validationMse === undefined ? '' : `, validation MSE ${validationMse.toFixed(5)}`;
  const count = `${epochs} epoch${epochs === 1 ? '' : 's'}`;
  return { title: 'Training is finished', body: `${count} in ${shownTime(seconds)}${error}.` };
}

function shownTime(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${whole % 60} s`;
}
