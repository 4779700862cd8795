import { dirname, extname, resolve } from 'node:path';
import { isThere } from '../../main/data/is-there';
import { writeModelFile } from '../../main/models/model-file-writer';
import { modelOfFolder } from '../../main/models/model-of-folder';
import { movedDocument } from '../../main/train/run-folder';
import { version } from '../../package.json';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
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
  const { model, passedOver } = await modelOfFolder(folder, args.pictures ?? false);
  for (const damaged of passedOver) io.err(problemText(damaged));
  const { engine, trained, data } = model.manifest;
  const document = movedDocument(model.document, folder, dirname(file));
  await writeModelFile(file, { ...model, document, manifest: { app: version, engine, trained, data } });
  io.err(`The model is in ${file}\n`);
  return EXIT.ok;
}

/** Where a model is saved. @throws ProblemError FILE_NAME where it is not named like a drawing */
export function modelPath(file: string, io: CliIo): string {
  const path = resolve(io.workingFolder, file);
  if (extname(path).toLowerCase() === '.hourglass') return path;
  throw new ProblemError(problem('FILE_NAME', { path, known: '*.hourglass' }));
}
