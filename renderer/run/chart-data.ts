import type { RunView } from './run-record';
import type { TargetLine } from './target-line';

/** Columns for the loss chart: steps, training loss, validation loss, the PCA line. */
export type ChartData = [
  steps: number[],
  training: (number | null)[],
  validation: (number | null)[],
  pca: (number | null)[],
];

/**
 * Lays training points (every step or every few) and validation points (every epoch) on one axis of steps. The line
 * to beat runs from the first step to the last, of a run that has not begun over all that it will take.
 *
 * @param target what is to be beaten, while the run has not found it itself
 */
export function chartData(
  view: Pick<RunView, 'series' | 'epochs' | 'pca'> | null,
  target: TargetLine | null = null,
): ChartData {
  const toBeat = view?.pca?.validation.loss ?? target?.line?.validation.loss ?? null;
  if (!view || view.series.steps.length === 0) {
    if (toBeat === null || !target) return [[], [], [], []];
    return [
      [0, target.steps],
      [null, null],
      [null, null],
      [toBeat, toBeat],
    ];
  }
  const { steps, losses } = view.series;
  const validated = view.epochs.filter((epoch) => epoch.validation !== null);
  const x: number[] = [];
  const training: (number | null)[] = [];
  const validation: (number | null)[] = [];
  let at = 0;
  const addValidation = (upTo: number) => {
    for (let epoch = validated[at]; epoch && epoch.step <= upTo; epoch = validated[at]) {
      if (x.at(-1) === epoch.step) validation[validation.length - 1] = epoch.validation?.loss ?? null;
      else {
        x.push(epoch.step);
        training.push(null);
        validation.push(epoch.validation?.loss ?? null);
      }
      at += 1;
    }
  };
  steps.forEach((step, index) => {
    addValidation(step - 1);
    const loss = losses[index];
    x.push(step);
    training.push(loss !== undefined && Number.isFinite(loss) ? loss : null);
    validation.push(null);
    addValidation(step);
  });
  addValidation(Number.POSITIVE_INFINITY);
  const pca = x.map((_, index) => (index === 0 || index === x.length - 1 ? toBeat : null));
  return [x, training, validation, pca];
}
