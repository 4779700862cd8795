import { Progress } from '@mantine/core';
import type { RunPhase, RunView } from './run-record';

const WORDS: Readonly<Record<RunPhase, string>> = {
  starting: 'Starting …',
  running: 'Training',
  paused: 'Paused',
  completed: 'Completed',
  stopped: 'Stopped',
  failed: 'Failed',
};

/** How far the run is, and what it does. */
export function RunProgress({ view }: { readonly view: RunView | null }) {
  const total = view?.summary ? view.summary.epochs * view.summary.stepsPerEpoch : 0;
  const share = view && total > 0 ? Math.min(100, (100 * view.step) / total) : 0;
  return (
    <div>
      <Progress.Root size={5}>
        <Progress.Section
          value={share}
          color={view?.phase === 'failed' ? 'red' : undefined}
          aria-label="Progress of the run"
        />
      </Progress.Root>
      <div role="status" aria-label="Run state" data-phase={view?.phase ?? 'none'}>
        {view ? WORDS[view.phase] : 'No run yet'}
        {view?.final?.keptEpoch && <KeptEpoch epoch={view.final.keptEpoch} />}
      </div>
    </div>
  );
}

/** Said where early stopping went back to an earlier epoch's weights. */
function KeptEpoch({ epoch }: { readonly epoch: number }) {
  return (
    <span title="Later epochs were no better, so the weights are those of this one.">
      {`, with the weights of epoch ${epoch}`}
    </span>
  );
}
