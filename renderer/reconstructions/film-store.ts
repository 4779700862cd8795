import { create } from 'zustand';
import type { Film } from '../../shared/ipc/contract';
import { messageOf, tell } from '../state/messages';
import { call } from '../state/session-store';
import { nearestFrame } from './film-frame';

interface FilmState {
  readonly runId: string | null;
  readonly film: Film | null;
  /** The frame that is shown; null: what the run makes now. */
  readonly at: number | null;
  /** Whether differences are shown too, here and in kept runs. */
  readonly difference: boolean;
}

export const useFilm = create<FilmState>()(() => ({ runId: null, film: null, at: null, difference: false }));

/** How old a film of a run that goes on may be before it is asked for anew, in milliseconds. */
const STALE = 1_000;

let loadedAt = Number.NEGATIVE_INFINITY;
let loadedUpdates = -1;
let isLoading = false;

/**
 * Asks for the film of a run, unless it is here. The frame looked at stays, or the nearest one.
 *
 * @param updates how many reconstructions have come: with more there is more of the film
 */
export async function loadFilm(runId: string, updates: number): Promise<void> {
  const isSame = useFilm.getState().runId === runId;
  if (isLoading || (isSame && (updates === loadedUpdates || performance.now() - loadedAt < STALE))) return;
  isLoading = true;
  if (!isSame) useFilm.setState({ runId, film: null, at: null });
  try {
    const { film } = await call('run.film', { runId });
    loadedAt = performance.now();
    loadedUpdates = updates;
    useFilm.setState(({ runId: present, film: before, at }) => {
      if (present !== runId) return {};
      const step = at === null ? undefined : before?.steps[at];
      return { film, at: film && step !== undefined ? nearestFrame(film, step) : null };
    });
  } catch (error) {
    tell(messageOf(error));
  } finally {
    isLoading = false;
  }
}

export function goToFrame(index: number): void {
  useFilm.setState({ at: index });
}

export function goLive(): void {
  useFilm.setState({ at: null });
}
