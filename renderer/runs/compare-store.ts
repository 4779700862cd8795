import { create } from 'zustand';
import { documentFrom } from '../../shared/document/document-text';
import type { GraphDocument } from '../../shared/document/graph-document';
import type { CallResult, Film, KeptRun } from '../../shared/ipc/contract';
import { type Message, messageOf } from '../state/messages';
import { call } from '../state/session-store';

/** A kept run with all that comparing takes. */
export interface ComparedRun {
  /** `A`, `B`, …: told beside its colour everywhere. */
  readonly letter: string;
  readonly run: KeptRun;
  readonly document: GraphDocument;
  readonly history: CallResult<'runs.open'>['history'];
  readonly film: Film | null;
}

interface CompareState {
  readonly isOpen: boolean;
  /** Null while they are read. */
  readonly runs: readonly ComparedRun[] | null;
  readonly failure: Message | null;
}

export const useCompare = create<CompareState>()(() => ({ isOpen: false, runs: null, failure: null }));

/** More could hardly be told apart. */
export const MOST_COMPARED = 6;
const LETTERS = 'ABCDEF';

let asked = 0;

/** Opens the comparison of some runs, in the order they were ticked. */
export async function compareRuns(ids: readonly string[]): Promise<void> {
  asked += 1;
  const mine = asked;
  useCompare.setState({ isOpen: true, runs: null, failure: null });
  try {
    const runs = await Promise.all(
      ids.slice(0, MOST_COMPARED).map(async (id, index): Promise<ComparedRun> => {
        const [opened, { film }] = await Promise.all([call('runs.open', { id }), call('runs.film', { id })]);
        const { run, document, history } = opened;
        return { letter: LETTERS[index] ?? '', run, document: documentFrom(document), history, film };
      }),
    );
    if (mine === asked) useCompare.setState({ runs });
  } catch (error) {
    if (mine === asked) useCompare.setState({ failure: messageOf(error) });
  }
}

export function closeComparison(): void {
  asked += 1;
  useCompare.setState({ isOpen: false, runs: null, failure: null });
}
