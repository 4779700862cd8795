import type { ChartData } from './chart-data';
import type { RunView } from './run-record';

/** What a loss chart says at one of its places. */
export interface Readout {
  readonly step: number;
  /** Of that step, or the mean of the few that its point stands for; null where it has no point of its own. */
  readonly training: number | null;
  /** The epoch that the step belongs to, by its means; null while it goes on. */
  readonly epoch: RunView['epochs'][number] | null;
}

/** @param index of the chart's columns; null where nothing is pointed at */
export function readoutAt(
  view: Pick<RunView, 'epochs'> | null,
  [steps, training]: ChartData,
  index: number | null,
): Readout | null {
  const step = index === null ? undefined : steps[index];
  if (!view || index === null || step === undefined) return null;
  const epoch = view.epochs.find((each) => each.step >= step) ?? null;
  return { step, training: training[index] ?? null, epoch };
}
