import type { ChartData } from './chart-data';
import type { RunView } from './run-record';

/** What a loss chart says at one of its places. */
export interface Readout {
  readonly step: number;
  /** The epoch that the step belongs to; null while that goes on. */
  readonly epoch: number | null;
  readonly training: number | null;
  /** Of that epoch. */
  readonly validation: number | null;
  /** What the training loss of that epoch is the sum of; null where it is no sum. */
  readonly terms: Readonly<Record<string, number>> | null;
}

/** @param index of the chart's columns; null where nothing is pointed at */
export function readoutAt(
  view: Pick<RunView, 'epochs' | 'terms'> | null,
  [steps, training]: ChartData,
  index: number | null,
): Readout | null {
  const step = index === null ? undefined : steps[index];
  if (!view || index === null || step === undefined) return null;
  const epoch = view.epochs.find((each) => each.step >= step);
  return {
    step,
    epoch: epoch?.epoch ?? null,
    // A place where an epoch ended may have no training point of its own.
    training: training[index] ?? epoch?.trainLoss ?? null,
    validation: epoch?.validation?.loss ?? null,
    terms: epoch ? (epoch.terms ?? null) : view.terms,
  };
}
