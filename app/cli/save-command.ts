import { dirname, resolve } from 'node:path';
import { modelOfFolder } from '../../main/models/model-of-folder';
import { movedDocument } from '../../main/train/run-folder';
import { version } from '../../package.json';
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
  const { model, passedOver } = await modelOfFolder(folder, args.pictures ?? false);
  for (const damaged of passedOver) io.err(problemText(damaged));
  const { engine, trained, data } = model.manifest;
  const document = movedDocument(model.document, folder, dirname(file));
  const saved = { ...model, document, manifest: { app: version, engine, trained, data } };
  await putModel(file, saved, args, io);
  io.err(`The model is in ${file}\n`);
  return EXIT.ok;
}
