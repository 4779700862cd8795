import { Cancelled, ProblemError } from '../../shared/errors/problem';
import { rejoinRun } from '../run/run-actions';
import { isOver } from '../run/run-record';
import { failRun, useRun } from '../run/run-store';
import { messageOf, tell } from '../state/messages';
import { call, follow, openConnection, useSession } from '../state/session-store';

/** Connects, and follows what becomes of the engine, until the window closes. Returns what ends it. */
export function startSession(): () => void {
  const cancel = new AbortController();
  void openConnection().then((connection) => {
    if (cancel.signal.aborted) return;
    const onState = () => {
      useSession.setState({ connection: connection.state });
      if (connection.state === 'open') void followEngine(cancel.signal);
    };
    const stop = connection.onState(onState);
    cancel.signal.addEventListener('abort', stop);
    onState();
  });
  return () => cancel.abort();
}

/** Ends where the connection does; it is begun anew when that is open again. */
async function followEngine(signal: AbortSignal): Promise<void> {
  try {
    useSession.setState({ host: await call('host.describe', {}) });
    await follow('host.engine', {}, onEngine, signal);
  } catch (error) {
    const lost = error instanceof ProblemError && error.problems[0].code === 'CONNECTION_LOST';
    if (!lost && !(error instanceof Cancelled)) tell(messageOf(error));
  }
}

type EngineEvent = ReturnType<typeof useSession.getState>['engine'];

function onEngine(event: EngineEvent): void {
  useSession.setState({ engine: event });
  if (event.state === 'down') {
    const reason = event.reason ?? '';
    const view = useRun.getState().view;
    const trained = view !== null && !isOver(view.phase);
    useSession.setState({ report: null, engineDeath: reason });
    if (trained) {
      failRun(
        new Error(`The engine stopped while this run was training${reason === '' ? '' : ` (${reason})`}.`),
      );
    }
  }
  if (event.state === 'up') void greet();
}

/** What to ask an engine that has just come up: what it is, and whether a run is going on in it. */
async function greet(): Promise<void> {
  try {
    useSession.setState({ report: await call('engine.describe', {}) });
    await rejoinRun();
  } catch (error) {
    tell(messageOf(error));
  }
}
