import { rejoinRun } from '../run/run-actions';
import { isOver } from '../run/run-record';
import { failRun, useRun } from '../run/run-store';
import { messageOf, tell } from '../state/messages';
import { call, follow, openConnection, useSession } from '../state/session-store';

const RETRY_MS = 1500;

/** Connects, and follows what becomes of the engine, until the window closes. Returns what ends it. */
export function startSession(): () => void {
  let over = false;
  const cancel = new AbortController();
  const live = async () => {
    try {
      await openConnection();
      useSession.setState({ connection: 'open', host: await call('host.describe', {}) });
      await follow('host.engine', {}, onEngine, cancel.signal);
    } catch (error) {
      if (over) return;
      useSession.setState({ connection: 'lost' });
      console.warn('The connection ended.', error);
    }
    if (!over) window.setTimeout(() => void live(), RETRY_MS);
  };
  void live();
  return () => {
    over = true;
    cancel.abort();
  };
}

type EngineEvent = ReturnType<typeof useSession.getState>['engine'];

function onEngine(event: EngineEvent): void {
  useSession.setState({ connection: 'open', engine: event });
  if (event.state === 'down') {
    const reason = event.reason ?? '';
    const view = useRun.getState().view;
    const trained = view !== null && !isOver(view.phase);
    useSession.setState({ report: null, engineDeath: reason });
    if (trained) {
      failRun(new Error(`The engine stopped while this run was training. ${reason}`.trim()));
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
