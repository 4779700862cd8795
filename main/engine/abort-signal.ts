import type { CancelSignal } from '../../shared/ipc/cancel-signal';

/** An AbortSignal that is raised when this one is: `shared` may not name them, everything in `main` takes them. */
export function abortSignalOf(signal: CancelSignal): AbortSignal {
  const control = new AbortController();
  if (signal.aborted) control.abort();
  else signal.addEventListener('abort', () => control.abort());
  return control.signal;
}
