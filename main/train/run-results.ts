import type { Film } from '../../shared/ipc/contract';
import type { RunSummaryFile } from '../../shared/ipc/kept-run-schemas';
import type { Dataset } from '../data/dataset';
import { preprocessingTexts } from '../models/preprocessing-texts';
import type { FullMetrics, Metrics } from './evaluation';
import type { LossHistory } from './loss-history';
import type { PcaLine } from './pca-line';
import type { RunFolder } from './run-folder';
import type { RunEnding, TrainingRun } from './training-run';

/** What came of a run, in figures. */
export function runResults(run: TrainingRun, ending: RunEnding, pca: PcaLine | null) {
  const { engine, documentHash, scaling } = run.summary();
  return {
    engine: engine.name,
    engineVersion: engine.version,
    documentHash,
    /** The scale that the errors are in. */
    scaling,
    ...(ending.kind === 'failed'
      ? { step: ending.step, problem: ending.problem }
      : {
          step: ending.step,
          seconds: ending.seconds,
          samplesPerSecond: ending.samplesPerSecond,
          validation: ending.validation && figures(ending.validation, pca?.validation),
          test: ending.test && figures(ending.test, pca?.test),
          ...(ending.anomalies && { anomalies: { ...ending.anomalies, pcaAuc: pca?.auc } }),
          keptEpoch: ending.keptEpoch,
          ...(ending.activity && { activity: ending.activity }),
        }),
  };
}

/** Every measure of a split, and PCA's beside it. */
function figures(
  { measures, baseline, covered, ...metrics }: Metrics & Partial<FullMetrics>,
  pca: FullMetrics | null | undefined,
) {
  return {
    ...metrics,
    ...measures,
    ...(baseline && { baseline }),
    ...(covered && { covered }),
    ...(pca && { pcaMse: pca.mse, pca: pca.measures }),
  };
}

/** What a run was trained on, in figures. */
export function describeData({ name, train, test }: Pick<Dataset, 'name' | 'train' | 'test'>) {
  return {
    name,
    shape: train.shape,
    dtype: train.dtype,
    trainCount: train.count,
    testCount: test?.count ?? 0,
  };
}

/** How many normal samples, and how many anomalous ones, a run's folder shows. */
const EXAMPLES = 8;

/** Results in figures. */
export interface FiguresToWrite {
  readonly ending: RunEnding['kind'];
  readonly results: object;
  readonly summary: RunSummaryFile;
  readonly losses: LossHistory;
  /** Where the losses were thinned out: the last step that each stands for. */
  readonly lossSteps?: readonly number[];
}

/** Writes the figures of a run that has ended; once more, where the line of PCA came later. */
export async function writeRunFigures(
  folder: RunFolder,
  run: TrainingRun,
  { ending, results, summary, losses, lossSteps }: FiguresToWrite,
): Promise<void> {
  const { epochs } = run.history();
  const { scaling, ...dataset } = run.dataset;
  const data = { ...describeData(dataset), ...(scaling && { scaling }) };
  await folder.writeHistory({ ending, ...results, data, epochs, ...(lossSteps && { lossSteps }) }, losses);
  await folder.writeSummary(summary);
}

/**
 * Writes what came of a run that has ended: where it took a step at all, pictures and its weights; then its figures, so that
 * a folder with a summary is whole.
 *
 * @returns whether it took one
 * @throws ProblemError where the system refuses or the disk is full
 */
export async function writeRunResults(
  folder: RunFolder,
  run: TrainingRun,
  { film, ...figures }: FiguresToWrite & { readonly film: Film | null },
): Promise<boolean> {
  const { steps } = run.history();
  if (film) await folder.writeFilm(film);
  if (steps > 0) await writeWeights(folder, run, figures.ending);
  await writeRunFigures(folder, run, figures);
  return steps > 0;
}

async function writeWeights(folder: RunFolder, run: TrainingRun, ending: RunEnding['kind']): Promise<void> {
  const { steps } = run.history();
  const { engine, documentHash } = run.summary();
  const { columns, scaling, train } = run.dataset;
  await folder.writePicture(await run.reconstructions());
  const examples = ending === 'completed' ? await run.evaluations().examples(EXAMPLES) : null;
  if (examples) await folder.writeExamples(examples);
  if (columns) await folder.writeTable(columns.used, await run.reconstructedValues());
  const metadata = { format: 'hourglass', documentHash, engine: engine.name, step: String(steps) };
  // The weights are worth nothing without it.
  const preprocessing = preprocessingTexts({
    dtype: train.dtype,
    scaling: scaling ?? null,
    columns: columns?.used ?? null,
  });
  await folder.writeWeights(await run.weights(), { ...metadata, ...preprocessing });
}
