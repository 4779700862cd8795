import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import type { RunToKeep } from '../engine/run-keeping';
import type { ModelFile } from '../models/model-file';
import { reconstructionPicture } from '../train/reconstruction-picture';
import { describeData, runResults } from '../train/run-results';
import { runSummary } from '../train/run-summary';
import { historySchema, type ReportedRun } from './reported-run';

/**
 * What a report tells of an opened model that is looked into: how it was trained, and what it makes of its data now.
 *
 * @param shown the run that stands for it
 * @throws ProblemError RUN_NOT_MEASURED where that has not measured the model
 */
export async function reportOfModel(
  { run, document, log }: RunToKeep,
  { manifest }: ModelFile,
  withPictures: boolean,
): Promise<ReportedRun> {
  const ending = await run.finished;
  if (ending.kind === 'failed') throw new ProblemError(problem('RUN_NOT_MEASURED', undefined));
  const { pca } = log;
  const { losses, lossSteps } = log.lossHistory();
  const history = {
    ending: ending.kind,
    ...runResults(run, ending, pca),
    data: describeData(run.dataset),
    epochs: run.history().epochs,
    losses: Array.from(losses.values),
    ...(lossSteps && { lossSteps: [...lossSteps] }),
  };
  const ended = new Date(manifest.saved);
  return {
    document,
    // As it would be read from a run's folder.
    history: historySchema.parse(JSON.parse(JSON.stringify(history))),
    summary: runSummary({ run, document, ending, pca, note: { app: manifest.app }, ended }),
    label: '',
    pictures: withPictures ? [await pictureOf(run)] : [],
  };
}

async function pictureOf(run: RunToKeep['run']): Promise<ReportedRun['pictures'][number]> {
  const { originals, seen, reconstructions } = await run.reconstructions();
  const png = await reconstructionPicture([originals, ...(seen ? [seen] : []), reconstructions]);
  return { caption: 'Samples that were not trained on, over what the model makes of them', png };
}
