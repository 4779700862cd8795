import { create } from 'zustand';
import { usualCutOff } from '../../shared/anomalies/roc';
import type { DataReference } from '../../shared/document/graph-document';
import { Cancelled } from '../../shared/errors/problem';
import type { EvaluatedGroupName } from '../../shared/ipc/contract';
import { type Message, messageOf } from '../state/messages';
import { call } from '../state/session-store';
import { type ErrorGroup, errorGroups, normalGroup } from './error-groups';

interface ErrorsState {
  /** The run that the rest is of; null before the first. */
  readonly runId: string | null;
  readonly groups: readonly ErrorGroup[];
  /** Groups that are measured but not drawn. */
  readonly hidden: readonly EvaluatedGroupName[];
  /** Samples with an error above it are called anomalous. */
  readonly cutOff: number;
  /** Why the errors can't be had. */
  readonly failure: Message | null;
  /** The data set that is being measured now. */
  readonly measuring: string | null;
  /** Why another data set could not be measured. */
  readonly refusal: Message | null;
}

const nothing: ErrorsState = {
  runId: null,
  groups: [],
  hidden: [],
  cutOff: 0,
  failure: null,
  measuring: null,
  refusal: null,
};

export const useErrors = create<ErrorsState>()(() => nothing);

let comparing: AbortController | null = null;

/** Asks for the errors of a run that has completed, unless they are here. */
export async function loadErrors(runId: string): Promise<void> {
  const present = useErrors.getState();
  if (present.runId === runId && !present.failure) return;
  comparing?.abort();
  useErrors.setState({ ...nothing, runId });
  try {
    const groups = errorGroups((await call('run.errors', { runId })).groups, null);
    if (useErrors.getState().runId !== runId) return;
    const normal = normalGroup(groups);
    useErrors.setState({ groups, cutOff: normal ? usualCutOff(normal.errors) : 0 });
  } catch (error) {
    if (useErrors.getState().runId === runId) useErrors.setState({ failure: messageOf(error) });
  }
}

export function setCutOff(cutOff: number): void {
  useErrors.setState({ cutOff });
}

export function toggleGroup(name: EvaluatedGroupName): void {
  useErrors.setState(({ hidden }) => ({
    hidden: hidden.includes(name) ? hidden.filter((other) => other !== name) : [...hidden, name],
  }));
}

/** Measures the run's model on another data set; its errors join the others'. */
export async function compareWith(label: string, find: () => Promise<DataReference>): Promise<void> {
  const { runId } = useErrors.getState();
  if (runId === null) return;
  comparing?.abort();
  const mine = new AbortController();
  comparing = mine;
  useErrors.setState({ measuring: label, refusal: null });
  try {
    const reference = await find();
    // Paths are absolute here: they are of this moment, and saved nowhere.
    const params = { runId, reference: { ...reference }, baseFolder: null };
    const { name } = await call('run.evaluateOther', params, mine.signal);
    const measured = await call('run.errors', { runId });
    if (comparing !== mine) return;
    useErrors.setState({ groups: errorGroups(measured.groups, name), measuring: null });
  } catch (error) {
    if (comparing !== mine) return;
    useErrors.setState({
      measuring: null,
      refusal: error instanceof Cancelled ? null : messageOf(error),
    });
  }
}

export function cancelComparison(): void {
  comparing?.abort();
  comparing = null;
  useErrors.setState({ measuring: null });
}

export function dismissRefusal(): void {
  useErrors.setState({ refusal: null });
}
