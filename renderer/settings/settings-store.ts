import { create } from 'zustand';
import { Cancelled, ProblemError } from '../../shared/errors/problem';
import { DEFAULT_SETTINGS, type Settings, type SettingsChange } from '../../shared/settings/settings';
import { messageOf, tell } from '../state/messages';
import { call, follow, useSession } from '../state/session-store';

interface SettingsState {
  readonly settings: Settings;
  /** Whether the host has told them. */
  readonly known: boolean;
}

/** The settings of this machine, as the host keeps them. */
export const useSettings = create<SettingsState>()(() => ({ settings: DEFAULT_SETTINGS, known: false }));

/** Follows the host's settings as long as there is a connection. Returns what ends it. */
export function followSettings(): () => void {
  const cancel = new AbortController();
  let complained = '';
  let engine: Settings['engine'] | null = null;
  const begin = () => {
    follow(
      'host.settings',
      {},
      ({ settings, problem }) => {
        useSettings.setState({ settings, known: true });
        if (engine !== null && engine !== settings.engine) void askWhichEngine();
        engine = settings.engine;
        if (problem && problem.message !== complained) tell(problem);
        complained = problem?.message ?? '';
      },
      cancel.signal,
    ).catch((error: unknown) => {
      const lost = error instanceof ProblemError && error.problems[0].code === 'CONNECTION_LOST';
      if (!lost && !(error instanceof Cancelled)) tell(messageOf(error));
    });
  };
  const stop = useSession.subscribe((next, before) => {
    if (next.connection === 'open' && before.connection !== 'open') begin();
  });
  if (useSession.getState().connection === 'open') begin();
  return () => {
    stop();
    cancel.abort();
  };
}

/** The engine's own report says which one is used next. */
async function askWhichEngine(): Promise<void> {
  try {
    useSession.setState({ report: await call('engine.describe', {}) });
  } catch (error) {
    tell(messageOf(error));
  }
}

/** Changes settings for every window. @returns whether they are kept; where not, the user is told why */
export async function changeSettings(change: SettingsChange): Promise<boolean> {
  const before = useSettings.getState().settings;
  const next = { ...before, ...change };
  // Shown at once; the host tells it anew, or it goes back.
  useSettings.setState({ settings: next });
  try {
    await call('host.changeSettings', change);
    return true;
  } catch (error) {
    if (useSettings.getState().settings === next) useSettings.setState({ settings: before });
    tell(messageOf(error));
    return false;
  }
}
