import { create } from 'zustand';
import { isOver } from '../run/run-record';
import { useRun } from '../run/run-store';
import { useDocument } from '../state/document-store';
import { call } from '../state/session-store';
import { type CodeHealth, codeBlockOf, codeHealth } from './code-health';

interface HealthState {
  /** The run that it is of. */
  readonly runId: string | null;
  readonly health: CodeHealth | null;
}

export const useHealth = create<HealthState>()(() => ({ runId: null, health: null }));

/** Looks at the code of each run that has ended. Returns what ends it. */
export function keepCodeHealth(): () => void {
  return useRun.subscribe(({ view }) => {
    if (!view || view.runId === '' || !isOver(view.phase) || view.step === 0) return;
    if (useHealth.getState().runId === view.runId) return;
    const { runId } = view;
    const divergence =
      view.final?.validation?.divergence ?? view.epochs.at(-1)?.validation?.divergence ?? null;
    useHealth.setState({ runId, health: null });
    call('run.codes', { runId }).then(
      ({ deviation }) => {
        if (useHealth.getState().runId === runId)
          useHealth.setState({ health: codeHealth(deviation, divergence) });
      },
      // Of a run that was let go meanwhile there is nothing to say.
      () => {},
    );
  });
}

/** What the last run says of the code of the drawing, as long as that is the same block still; null where nothing. */
export function useCodeHealth(): CodeHealth | null {
  const { runId, health } = useHealth();
  const trained = useRun((state) => (state.view?.runId === runId ? state.document : null));
  const drawn = useDocument((state) => state.history.present);
  return trained && codeBlockOf(trained) === codeBlockOf(drawn) ? health : null;
}
