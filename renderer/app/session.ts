import { Cancelled, ProblemError } from '../../shared/errors/problem';
import { rejoinRun } from '../run/run-actions';
import { isOver } from '../run/run-record';
import { failRun, useRun } from '../run/run-store';
import { followRuns } from '../runs/runs-store';
import { followSweep } from '../runs/sweep-store';
import { messageOf, tell } from '../state/messages';
import { call, follow, openConnection, useSession } from '../state/session-store';
import { t } from '../strings/strings';

/** Connects, and follows what becomes of the engine, until the window closes. Returns what ends it. */
export function startSession(): () => void {
  const cancel = new AbortController();
  void openConnection().then((connection) => {
    if (cancel.signal.aborted) return;
    const onState = () => {
      useSession.setState({ connection: connection.state });
      if (connection.state !== 'open') {
        // What the engine did meanwhile is told anew.
        useSession.setState(({ engine }) => ({
          engine: { state: 'starting', generation: engine.generation },
        }));
        return;
      }
      void followEngine(cancel.signal);
      void followTensorFlow(cancel.signal);
      void followRuns(cancel.signal).catch(tellUnlessLost);
      void followSweep(cancel.signal).catch(tellUnlessLost);
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
    tellUnlessLost(error);
  }
}

async function followTensorFlow(signal: AbortSignal): Promise<void> {
  try {
    await follow('host.tensorflow', {}, onTensorFlow, signal);
  } catch (error) {
    tellUnlessLost(error);
  }
}

function tellUnlessLost(error: unknown): void {
  const lost = error instanceof ProblemError && error.problems[0].code === 'CONNECTION_LOST';
  if (!lost && !(error instanceof Cancelled)) tell(messageOf(error));
}

type TensorFlowEvent = NonNullable<ReturnType<typeof useSession.getState>['tensorFlow']>;

/** Where it has just come, the engine is asked anew which it uses. */
function onTensorFlow(event: TensorFlowEvent): void {
  const before = useSession.getState().tensorFlow;
  if (event.state === 'ready' && before && before.state !== 'ready') void welcomeTensorFlow(event);
  else useSession.setState({ tensorFlow: event });
}

async function welcomeTensorFlow(event: TensorFlowEvent): Promise<void> {
  try {
    const report = await call('engine.describe', {});
    useSession.setState({ report, tensorFlow: event });
    if (report.active.name !== 'tensorflow') return;
    tell({ severity: 'info', message: t('engine.tensorFlowHere'), hint: t('engine.tensorFlowHereHint') });
  } catch (error) {
    useSession.setState({ tensorFlow: event });
    tellUnlessLost(error);
  }
}

type EngineEvent = ReturnType<typeof useSession.getState>['engine'];

function onEngine(event: EngineEvent): void {
  const before = useSession.getState().engine;
  useSession.setState({ engine: event });
  if (event.state === 'down') {
    const reason = event.reason ?? '';
    const view = useRun.getState().view;
    const trained = view !== null && !isOver(view.phase);
    useSession.setState({ report: null, engineDeath: reason });
    if (trained) {
      failRun(new Error(t('engine.runLost', { because: reason === '' ? '' : ` (${reason})` })));
    }
  }
  // An engine that does not answer is told of again and again.
  const isNew = before.state !== 'up' || before.generation !== event.generation;
  if (event.state === 'up' && isNew) void greet();
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
