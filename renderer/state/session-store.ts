import { create } from 'zustand';
import type {
  CallName,
  CallParams,
  CallResult,
  EngineReport,
  StreamEvent,
  StreamName,
  StreamParams,
} from '../../shared/ipc/contract';
import { connect } from '../connection/connect';

type Connection = Awaited<ReturnType<typeof connect>>;
type EngineEvent = StreamEvent<'host.engine'>;
type TensorFlowEvent = StreamEvent<'host.tensorflow'>;

interface Session {
  /** Between this window and the program that opened it. */
  readonly connection: 'connecting' | 'open' | 'lost';
  readonly host: CallResult<'host.describe'> | null;
  readonly engine: EngineEvent;
  /** Which engines there are; null until the engine has said so. */
  readonly report: EngineReport | null;
  /** Whether TensorFlow is on this machine, and how its fetching goes; null until the host has said so. */
  readonly tensorFlow: TensorFlowEvent | null;
  /** Set when the engine died, until the user has read it. */
  readonly engineDeath: string | null;
}

export const useSession = create<Session>()(() => ({
  connection: 'connecting',
  host: null,
  engine: { state: 'starting', generation: 0 },
  report: null,
  tensorFlow: null,
  engineDeath: null,
}));

let connection: Promise<Connection> | null = null;

/** Connects to the program that opened the window; afterwards the connection keeps itself up. */
export function openConnection(): Promise<Connection> {
  connection ??= connect();
  return connection;
}

export async function call<C extends CallName>(
  name: C,
  params: CallParams<C>,
  signal?: AbortSignal,
): Promise<CallResult<C>> {
  return (await openConnection()).call(name, params, signal ? { signal } : {});
}

/** Follows a stream to its end. Rejects with the Problem where it failed, and with Cancelled where it was called off. */
export async function follow<S extends StreamName>(
  name: S,
  params: StreamParams<S>,
  onEvent: (event: StreamEvent<S>) => void,
  signal?: AbortSignal,
): Promise<void> {
  const stream = (await openConnection()).stream(name, params, onEvent);
  signal?.addEventListener('abort', () => stream.cancel(), { once: true });
  await stream.ended;
}
