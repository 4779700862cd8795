import { create } from 'zustand';
import { Cancelled } from '../../shared/errors/problem';
import type { CallResult } from '../../shared/ipc/contract';
import { togglePanel, useLayout } from '../app/layout-store';
import { baseFolder } from '../files/base-folder';
import { currentDocument, select } from '../state/document-store';
import { messageOf } from '../state/messages';
import { call } from '../state/session-store';
import { startWeights } from '../weights/starting-store';

interface RateSearch {
  readonly found: CallResult<'run.findLearningRate'> | null;
  /** Why none could be looked for, in a sentence. */
  readonly refusal: string | null;
  /** Ends the search that goes on. */
  readonly going: AbortController | null;
}

const nothing: RateSearch = { found: null, refusal: null, going: null };

/** The search for a learning rate to begin with, and what came of it. */
export const useRateSearch = create<RateSearch>()(() => nothing);

/** Has the engine look for a learning rate for the drawing as it is; only one search goes on. */
export async function findLearningRate(): Promise<void> {
  if (useRateSearch.getState().going) return;
  const going = new AbortController();
  useRateSearch.setState({ ...nothing, going });
  try {
    const weights = startWeights();
    const params = {
      document: { ...currentDocument() },
      baseFolder: baseFolder(),
      ...(weights && { weights }),
    };
    useRateSearch.setState({ found: await call('run.findLearningRate', params, going.signal) });
  } catch (error) {
    if (!(error instanceof Cancelled)) useRateSearch.setState({ refusal: messageOf(error).message });
  } finally {
    useRateSearch.setState({ going: null });
  }
}

/** Ends the search, and forgets what was found: it was of a drawing that is not looked at any more. */
export function forgetRateSearch(): void {
  useRateSearch.getState().going?.abort();
  useRateSearch.setState({ found: null, refusal: null });
}

/** The same as a command: where it is shown, among the settings of the drawing. */
export function lookForLearningRate(): void {
  select([]);
  if (!useLayout.getState().open.inspector) togglePanel('inspector');
  // Once its place in the inspector is there, which would call off an earlier one.
  requestAnimationFrame(() => requestAnimationFrame(() => void findLearningRate()));
}
