import type { RunEvent } from '../../shared/ipc/contract';
import type { StreamContext } from '../../shared/ipc/handlers';
import type { RunLog } from './run-log';

/** Tells a run's events from `after` on, as fast as the reader takes them. */
export async function tellRunEvents(
  log: RunLog,
  after: number,
  { emit, signal }: StreamContext<RunEvent>,
): Promise<void> {
  let position = after;
  while (!signal.aborted) {
    const next = log.after(position);
    if (next) {
      position = next.sequence;
      await emit(next.event, next.sequence);
    } else if (log.closed) {
      return;
    } else {
      const { promise, stop } = log.changed();
      signal.addEventListener('abort', stop);
      await promise;
      signal.removeEventListener('abort', stop);
    }
  }
}
