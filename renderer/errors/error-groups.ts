import type { CallResult, EvaluatedGroupName } from '../../shared/ipc/contract';
import { floatsOfBytes } from '../../shared/ipc/float-bytes';
import { t } from '../strings/strings';

type MeasuredGroup = CallResult<'run.errors'>['groups'][number];

/** The samples of one kind that a run was measured on. */
export interface ErrorGroup {
  readonly name: EvaluatedGroupName;
  readonly label: string;
  readonly help: string;
  readonly metrics: MeasuredGroup['metrics'];
  /** The mean squared error of each sample, in the data's own scale. */
  readonly errors: Float32Array;
}

const ORDER: readonly EvaluatedGroupName[] = ['validation', 'test', 'heldOut', 'excluded', 'other'];

/** Groups as they came over the wire, in a fixed order. `otherName`: what the other data set is called. */
export function errorGroups(groups: readonly MeasuredGroup[], otherName: string | null): ErrorGroup[] {
  return groups
    .map(({ name, metrics, errors }) => ({
      name,
      label: name === 'other' && otherName !== null ? otherName : t(`errors.names.${name}`),
      help: t(`errors.help.${name}`),
      metrics,
      errors: floatsOfBytes(errors),
    }))
    .sort((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name));
}

/** The samples that cut-offs are measured by: those most like the ones trained on. */
export function normalGroup(groups: readonly ErrorGroup[]): ErrorGroup | undefined {
  const named = (name: EvaluatedGroupName) => groups.find((group) => group.name === name);
  return named('heldOut') ?? named('validation') ?? named('test') ?? groups[0];
}

/** The samples known to be anomalous, where the data's filter says which. */
export function anomalousGroup(groups: readonly ErrorGroup[]): ErrorGroup | undefined {
  return groups.find(({ name }) => name === 'excluded');
}

/** The places of the samples with the largest or the smallest errors, the most extreme first. */
export function extremePlaces(errors: Float32Array, which: 'worst' | 'best', count: number): number[] {
  const sign = which === 'worst' ? -1 : 1;
  return Array.from(errors.keys())
    .sort((a, b) => sign * ((errors[a] ?? 0) - (errors[b] ?? 0)) || a - b)
    .slice(0, count);
}
