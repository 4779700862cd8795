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

/** The error of PCA from the start of a run to its end; nothing of it where another figure is shown. */
export function pcaLineOf({ epochs, pca }: KeptHistory, figure: ComparedFigure): Line {
  if (figure !== 'validationMse' || !pca) return [[], []];
  return [
    [0, Math.max(1, epochs.length)],
    [pca.mse, pca.mse],
  ];
}
