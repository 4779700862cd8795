import type { KeptHistory } from '../../shared/ipc/kept-run-schemas';

export const COMPARED_FIGURES = ['validationMse', 'validationLoss', 'trainingLoss'] as const;
export type ComparedFigure = (typeof COMPARED_FIGURES)[number];

/** One line of a chart: epochs, and the figure there. */
export type Line = readonly [epochs: number[], values: number[]];

/** A figure of a run over its epochs, so that runs of other batch sizes lie over each other. */
export function lineOf({ epochs, losses }: KeptHistory, stepsPerEpoch: number, figure: ComparedFigure): Line {
  if (figure === 'trainingLoss') {
    const steps = Math.max(1, stepsPerEpoch);
    return [losses.map(({ step }) => step / steps), losses.map(({ loss }) => loss)];
  }
  const told = epochs.filter(({ validation }) => validation !== null);
  return [
    told.map(({ epoch }) => epoch),
    told.map(({ validation }) => (figure === 'validationMse' ? validation?.mse : validation?.loss) ?? 0),
  ];
}

/** How many epochs a table of curves has at most. */
const MOST_ROWS = 100;

/** Some lines in figures: after each epoch, or each so many of long runs, what a line came to last; null before and behind it. */
export function tableOf(
  lines: readonly Line[],
): readonly { readonly epoch: number; readonly values: readonly (number | null)[] }[] {
  const last = Math.max(0, ...lines.map(([epochs]) => Math.round(epochs.at(-1) ?? 0)));
  const every = Math.max(1, Math.ceil(last / MOST_ROWS));
  const shown = Array.from({ length: last }, (_, at) => at + 1).filter(
    (epoch) => epoch % every === 0 || epoch === last || epoch === 1,
  );
  return shown.map((epoch) => ({ epoch, values: lines.map((line) => valueAfter(line, epoch)) }));
}

function valueAfter([epochs, values]: Line, epoch: number): number | null {
  // Steps lie a hair beside the end of their epoch.
  if ((epochs.at(-1) ?? 0) < epoch - 0.5) return null;
  const before = epochs.filter((each) => each <= epoch + 1e-9).length;
  return values[before - 1] ?? null;
}

/** The error of PCA from the start of a run to its end; nothing of it where another figure is shown. */
export function pcaLineOf({ epochs, pca }: KeptHistory, figure: ComparedFigure): Line {
  if (figure !== 'validationMse' || !pca) return [[], []];
  return [
    [0, Math.max(1, epochs.length)],
    [pca.mse, pca.mse],
  ];
}
