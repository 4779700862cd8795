import { readFile } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { z } from 'zod';
import { isThere } from '../../main/data/is-there';
import { type ModelHistory, modelHistorySchema, modelMetricsSchema } from '../../main/models/model-file';
import { writeModelFile } from '../../main/models/model-file-writer';
import { fittingState } from '../../main/models/model-of-run';
import { openModel } from '../../main/models/open-model';
import { CheckpointFolder } from '../../main/train/checkpoint-folder';
import { CHECKPOINTS, HISTORY } from '../../main/train/run-files';
import { movedDocument } from '../../main/train/run-folder';
import { version } from '../../package.json';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import { runSummaryFileSchema } from '../../shared/ipc/kept-run-schemas';
import type { CliIo } from './cli-io';
import { EXIT } from './exit-code';
import { problemText } from './report-error';

export interface SaveArguments {
  /** Of the run. */
  readonly folder: string;
  readonly file: string;
  /** Whether the picture of samples and reconstructions goes along. */
  readonly pictures?: boolean;
  /** Whether a file that is there already is replaced. */
  readonly force?: boolean;
}

/** `hourglass save FOLDER FILE`: puts the drawing of a run, its weights and what training goes on from into one file. */
export async function save(args: SaveArguments, io: CliIo): Promise<number> {
  const folder = resolve(io.workingFolder, args.folder);
  const file = modelPath(args.file, io);
  if (!args.force && (await isThere(file))) throw new ProblemError(problem('FILE_EXISTS', { path: file }));
  const model = await openModel(folder);
  const { history, ending } = await historyOf(folder);
  const summary = await summaryOf(folder);
  const { checkpoint, passedOver } = await new CheckpointFolder(join(folder, CHECKPOINTS)).latest();
  for (const damaged of passedOver) io.err(problemText(damaged));
  const { weights, preprocessing } = model;
  const document = movedDocument(model.document, folder, dirname(file));
  await writeModelFile(file, {
    ...{ document, weights, preprocessing, history },
    state: fittingState(checkpoint, document),
    metrics: { ending, pca: null },
    thumbnail: args.pictures ? await readFile(join(folder, 'reconstructions.png')).catch(() => null) : null,
    manifest: {
      app: version,
      engine: checkpoint?.progress.engine ?? null,
      trained: summary?.document.hash ?? '',
      data: summary && { name: summary.data.name, fingerprint: summary.data.fingerprint },
    },
  });
  io.err(`The model is in ${file}\n`);
  return EXIT.ok;
}

/** Where a model is saved. @throws ProblemError FILE_NAME where it is not named like a drawing */
export function modelPath(file: string, io: CliIo): string {
  const path = resolve(io.workingFolder, file);
  if (extname(path).toLowerCase() === '.hourglass') return path;
  throw new ProblemError(problem('FILE_NAME', { path, known: '*.hourglass' }));
}

const folderHistory = z.object({
  ending: z.string().optional(),
  step: z.number().optional(),
  seconds: z.number().optional(),
  samplesPerSecond: z.number().optional(),
  keptEpoch: z.int().nullable().optional(),
  epochs: z.unknown(),
  losses: z.unknown(),
  lossSteps: z.unknown().optional(),
});

/** What a run's folder tells of how it went; nothing, where that can't be read: the model is worth saving all the same. */
async function historyOf(folder: string) {
  const read = folderHistory.safeParse(await jsonOf(join(folder, HISTORY)));
  const none: ModelHistory = { epochs: [], losses: [] };
  if (!read.success) return { history: none, ending: null };
  const { epochs, losses, lossSteps, ending: kind, ...figures } = read.data;
  const history = modelHistorySchema.safeParse({
    epochs,
    losses,
    ...(lossSteps !== undefined && { lossSteps }),
  });
  const told = modelMetricsSchema.safeParse({
    ending: { kind, ...figures, validation: null, test: null },
    pca: null,
  });
  return {
    history: history.success ? history.data : none,
    ending: told.success ? told.data.ending : null,
  };
}

async function summaryOf(folder: string) {
  const read = runSummaryFileSchema.safeParse(await jsonOf(join(folder, 'summary.json')));
  return read.success ? read.data : null;
}

async function jsonOf(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return null;
  }
}
