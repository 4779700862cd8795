import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { version } from '../../package.json';
import type { Problem } from '../../shared/errors/problem';
import { measures } from '../../shared/measures/catalogue';
import { CheckpointFolder } from '../train/checkpoint-folder';
import { asParent } from '../train/lineage';
import { readSummary } from '../train/read-summary';
import { CHECKPOINTS, HISTORY, RECONSTRUCTIONS } from '../train/run-files';
import { type ModelFile, type ModelHistory, modelHistorySchema, modelMetricsSchema } from './model-file';
import { MODEL_FILE_VERSION } from './model-manifest';
import { fittingState } from './model-of-run';
import { openModel } from './open-model';

/** A run that was kept, as a model file has it, and the checkpoints that were damaged and so passed over. */
export interface FolderModel {
  readonly model: ModelFile;
  readonly passedOver: readonly Problem[];
}

/**
 * Reads the folder of a run that has ended, on the command line's or the window's: its drawing, with data paths as seen from that
 * folder, its weights, and, where it has a checkpoint, what training goes on from.
 *
 * @param pictures whether the picture of samples and reconstructions is read too
 * @throws ProblemError as `openModel`
 */
export async function modelOfFolder(folder: string, pictures: boolean): Promise<FolderModel> {
  const { document, weights, preprocessing } = await openModel(folder);
  const { history, ending } = await historyOf(folder);
  const summary = await readSummary(folder);
  const { checkpoint, passedOver } = await new CheckpointFolder(join(folder, CHECKPOINTS)).latest();
  const model: ModelFile = {
    ...{ document, weights, preprocessing, history },
    state: fittingState(checkpoint, document),
    metrics: { ending, pca: null },
    ...(summary && { keptRun: asParent(folder, summary) }),
    thumbnail: pictures ? await readFile(join(folder, RECONSTRUCTIONS)).catch(() => null) : null,
    manifest: {
      format: 'hourglass-model',
      version: MODEL_FILE_VERSION,
      app: summary?.app || version,
      saved: summary?.ended ?? Date.now(),
      // How many threads it had is not told without a checkpoint.
      engine: checkpoint?.progress.engine ?? (summary && { ...summary.engine, threads: 0 }),
      trained: summary?.document.hash ?? '',
      data: summary && { name: summary.data.name, fingerprint: summary.data.fingerprint },
    },
  };
  return { model, passedOver };
}

const folderHistory = z.object({
  ending: z.string().optional(),
  step: z.number().optional(),
  seconds: z.number().optional(),
  samplesPerSecond: z.number().optional(),
  keptEpoch: z.int().nullable().optional(),
  validation: z.unknown().optional(),
  test: z.unknown().optional(),
  anomalies: z.unknown().optional(),
  activity: z.unknown().optional(),
  epochs: z.unknown(),
  losses: z.unknown(),
  lossSteps: z.unknown().optional(),
});

/** What a run's folder tells of how it went; nothing, where that can't be read: the model is worth having all the same. */
async function historyOf(folder: string) {
  const read = folderHistory.safeParse(await jsonOf(join(folder, HISTORY)));
  const none: ModelHistory = { epochs: [], losses: [] };
  if (!read.success) return { history: none, ending: null };
  const { epochs, losses, lossSteps, ending: kind, validation, test, ...figures } = read.data;
  const history = modelHistorySchema.safeParse({
    epochs,
    losses,
    ...(lossSteps !== undefined && { lossSteps }),
  });
  const told = modelMetricsSchema.safeParse({
    ending: { kind, ...figures, validation: metricsOf(validation), test: metricsOf(test) },
    // Of PCA the folder tells the errors, but not of how many components: whoever opens the model computes it anew.
    pca: null,
  });
  return {
    history: history.success ? history.data : none,
    ending: told.success ? told.data.ending : null,
  };
}

const folderMetrics = z.looseObject({ mse: z.number(), loss: z.number() });

/** The metrics of a split; a folder's history has its measures side by side with them. */
function metricsOf(told: unknown): object | null {
  const read = folderMetrics.safeParse(told);
  if (!read.success) return null;
  const { mse, loss, divergence, baseline, covered } = read.data;
  const found = measures.flatMap(({ type }) => (type in read.data ? [[type, read.data[type]] as const] : []));
  return {
    ...{ mse, loss },
    ...(divergence !== undefined && { divergence }),
    ...(baseline !== undefined && { baseline }),
    ...(covered !== undefined && { covered }),
    // A run that was stopped has no more than its error.
    ...(found.length > 1 && { measures: Object.fromEntries(found) }),
  };
}

async function jsonOf(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return null;
  }
}
