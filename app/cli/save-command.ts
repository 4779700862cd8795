import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { type ModelHistory, modelHistorySchema, modelMetricsSchema } from '../../main/models/model-file';
import type { ModelToSave } from '../../main/models/model-file-writer';
import { fittingState } from '../../main/models/model-of-run';
import { openModel } from '../../main/models/open-model';
import { CheckpointFolder } from '../../main/train/checkpoint-folder';
import { CHECKPOINTS, HISTORY, RECONSTRUCTIONS, SUMMARY } from '../../main/train/run-files';
import { movedDocument } from '../../main/train/run-folder';
import { version } from '../../package.json';
import { runSummaryFileSchema } from '../../shared/ipc/kept-run-schemas';
import { measures } from '../../shared/measures/catalogue';
import type { CliIo } from './cli-io';
import { EXIT } from './exit-code';
import { modelPath, putModel } from './model-place';
import { problemText } from './report-error';

export interface SaveArguments {
  /** Of the run. */
  readonly folder: string;
  readonly file: string;
  /** Whether the picture of samples and reconstructions goes along. */
  readonly pictures?: boolean;
  /** Whether a file that is there already is replaced, a backup of it being kept. */
  readonly force?: boolean;
}

/** `hourglass save FOLDER FILE`: puts the drawing of a run, its weights and what training goes on from into one file. */
export async function save(args: SaveArguments, io: CliIo): Promise<number> {
  const folder = resolve(io.workingFolder, args.folder);
  const file = await modelPath(args.file, args, io);
  const model = await openModel(folder);
  const { history, ending } = await historyOf(folder);
  const summary = await summaryOf(folder);
  const { checkpoint, passedOver } = await new CheckpointFolder(join(folder, CHECKPOINTS)).latest();
  for (const damaged of passedOver) io.err(problemText(damaged));
  const { weights, preprocessing } = model;
  const document = movedDocument(model.document, folder, dirname(file));
  const saved: ModelToSave = {
    ...{ document, weights, preprocessing, history },
    state: fittingState(checkpoint, document),
    metrics: { ending, pca: null },
    thumbnail: args.pictures ? await readFile(join(folder, RECONSTRUCTIONS)).catch(() => null) : null,
    manifest: {
      app: version,
      engine: checkpoint?.progress.engine ?? null,
      trained: summary?.document.hash ?? '',
      data: summary && { name: summary.data.name, fingerprint: summary.data.fingerprint },
    },
  };
  await putModel(file, saved, args, io);
  io.err(`The model is in ${file}\n`);
  return EXIT.ok;
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

/** What a run's folder tells of how it went; nothing, where that can't be read: the model is worth saving all the same. */
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
    // Of PCA the folder tells the errors, but not of how many components: whoever opens the file computes it anew.
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

async function summaryOf(folder: string) {
  const read = runSummaryFileSchema.safeParse(await jsonOf(join(folder, SUMMARY)));
  return read.success ? read.data : null;
}

async function jsonOf(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return null;
  }
}
