import { create } from 'zustand';
import type { CallResult, KeptRun } from '../../shared/ipc/contract';
import { askToChoose } from '../files/file-dialogs';
import { type Message, messageOf, tell } from '../state/messages';
import { call, follow } from '../state/session-store';
import { t } from '../strings/strings';
import type { ColumnId } from './run-columns';
import { nameOfRun } from './run-name';

export type Listed = CallResult<'runs.list'>;

interface RunsState {
  /** The table of runs, or sweeps of code sizes. */
  readonly room: 'runs' | 'sweeps';
  /** What the host has told; null until then. */
  readonly listed: Listed | null;
  /** Why the runs can't be listed. */
  readonly failure: Message | null;
  /** What is looked for in names and data. */
  readonly query: string;
  readonly starredOnly: boolean;
  /** Whether runs stand below those they branched off from. */
  readonly asTree: boolean;
  readonly sort: { readonly column: ColumnId; readonly descending: boolean };
  /** Runs that are ticked, to be compared or deleted, in the order they were. */
  readonly ticked: readonly string[];
  /** The run whose details are shown; null while none is chosen. */
  readonly shown: string | null;
  /** Interrupted runs that this window offers no more; the panel still has them. */
  readonly later: readonly string[];
}

export const useRuns = create<RunsState>()(() => ({
  room: 'runs',
  listed: null,
  failure: null,
  query: '',
  starredOnly: false,
  asTree: true,
  sort: { column: 'ended', descending: true },
  ticked: [],
  shown: null,
  later: [],
}));

/** Lists the runs, and anew whenever something about them has changed. */
export async function followRuns(signal: AbortSignal): Promise<void> {
  let isFirst = true;
  await follow(
    'host.runs',
    {},
    ({ failure }) => {
      // What had happened before this window came has been told.
      if (failure && !isFirst) tell(failure);
      isFirst = false;
      void listRuns();
    },
    signal,
  );
}

let isListing = false;
let isWanted = false;

async function listRuns(): Promise<void> {
  isWanted = true;
  if (isListing) return;
  isListing = true;
  while (isWanted) {
    isWanted = false;
    try {
      takeList(await call('runs.list', {}));
    } catch (error) {
      useRuns.setState({ failure: messageOf(error) });
    }
  }
  isListing = false;
}

function takeList(listed: Listed): void {
  const there = new Set(listed.runs.map(({ id }) => id));
  useRuns.setState(({ ticked, shown }) => ({
    listed,
    failure: null,
    ticked: ticked.filter((id) => there.has(id)),
    shown: shown !== null && there.has(shown) ? shown : (listed.runs[0]?.id ?? null),
  }));
}

/** Offers an interrupted run no more in this window. */
export function putOff(id: string): void {
  useRuns.setState(({ later }) => ({ later: [...later, id] }));
}

/** Offers it again: what the user wanted of it was refused. */
export function offerAgain(id: string): void {
  useRuns.setState(({ later }) => ({ later: later.filter((other) => other !== id) }));
}

export function showRun(id: string): void {
  useRuns.setState({ shown: id });
}

export function tick(id: string, on: boolean): void {
  useRuns.setState(({ ticked }) => {
    const others = ticked.filter((other) => other !== id);
    return { ticked: on ? [...others, id] : others };
  });
}

export function sortBy(column: ColumnId, descending: boolean): void {
  useRuns.setState(({ sort }) => ({
    sort: { column, descending: sort.column === column ? !sort.descending : descending },
  }));
}

export async function labelRun(
  id: string,
  change: { readonly name?: string; readonly starred?: boolean },
): Promise<void> {
  try {
    await call('runs.label', { id, ...change });
  } catch (error) {
    tell(messageOf(error));
  }
}

/** Deletes runs for good, once the user has said so. */
export async function deleteRuns(runs: readonly KeptRun[]): Promise<void> {
  const [first] = runs;
  if (!first) return;
  const starred = runs.filter((run) => run.starred).length;
  const answer = await askToChoose({
    title: t('runs.deleteTitle', { count: runs.length, name: nameOfRun(first) }),
    text: `${t('runs.deleteText', { count: runs.length })}${starred > 0 ? ` ${t('runs.deleteStarred', { count: starred })}` : ''}`,
    choices: [
      { value: 'cancel', label: t('runs.cancel'), kind: 'main' },
      { value: 'delete', label: t('runs.delete'), kind: 'danger' },
    ],
  });
  if (answer !== 'delete') return;
  try {
    await call('runs.remove', { ids: runs.map(({ id }) => id) });
  } catch (error) {
    tell(messageOf(error));
  }
}
