import { extname, join, resolve } from 'node:path';
import { isThere } from '../../main/data/is-there';
import { type ModelToSave, writeModelFile } from '../../main/models/model-file-writer';
import { DRAWING } from '../../main/train/run-files';
import { defaultRunFolder, holdsRun, RunFolder } from '../../main/train/run-folder';
import type { GraphDocument } from '../../shared/document/graph-document';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import { replaceFile } from '../files/document-files';
import { FileBackups } from '../files/file-backups';
import type { CliIo } from './cli-io';

/** Where a command puts what it makes: what is there already stays, unless its user says `--force`; then a backup of it is kept. */
export interface Placing {
  readonly force?: boolean;
}

/**
 * Where a model file goes.
 *
 * @throws ProblemError FILE_NAME where it is not named like a drawing, FILE_EXISTS where there is a file that is to stay
 */
export async function modelPath(file: string, { force }: Placing, io: CliIo): Promise<string> {
  const path = resolve(io.workingFolder, file);
  if (extname(path).toLowerCase() !== '.hourglass') {
    throw new ProblemError(problem('FILE_NAME', { path, known: '*.hourglass' }));
  }
  if (!force && (await isThere(path))) throw new ProblemError(problem('FILE_EXISTS', { path }));
  return path;
}

/**
 * Writes a model file. It is looked again whether it would replace another: training takes its time.
 *
 * @throws ProblemError as `modelPath` and `writeModelFile`
 */
export async function putModel(file: string, model: ModelToSave, placing: Placing, io: CliIo): Promise<void> {
  const path = await modelPath(file, placing, io);
  const keep = (replaced: string) => backupsOf(io).keep(replaced);
  await replaceFile(path, { expectedHash: null, keep }, (target) => writeModelFile(target, model));
}

/**
 * Where a run goes: where its user says, else a new folder named after it.
 *
 * @throws ProblemError RUN_FOLDER_TAKEN where there is a run that is to stay
 */
export async function runPlace(
  { out, force }: Placing & { readonly out?: string },
  name: string,
  io: CliIo,
): Promise<string> {
  if (out === undefined) {
    const first = defaultRunFolder(io.workingFolder, name, new Date());
    for (let number = 1; ; number++) {
      const path = number === 1 ? first : `${first}-${number}`;
      if (!(await isThere(path))) return path;
    }
  }
  const path = resolve(io.workingFolder, out);
  if (!force && (await holdsRun(path))) throw new ProblemError(problem('RUN_FOLDER_TAKEN', { path }));
  return path;
}

/**
 * Makes the folder of a run, in the place of one that is there where that was said.
 *
 * @param baseFolder where the drawing's relative paths start
 * @throws ProblemError as `RunFolder.create`
 */
export async function makeRunFolder(
  path: string,
  document: GraphDocument,
  baseFolder: string | null,
  { force }: Placing,
  io: CliIo,
): Promise<RunFolder> {
  // It may be a drawing that its user put there.
  if (force) await backupsOf(io).keep(join(path, DRAWING));
  return RunFolder.create(path, document, baseFolder, force ? 'replace' : 'refuse');
}

/** The app's own, so that the window lists them. */
function backupsOf(io: CliIo): FileBackups {
  return new FileBackups({ folder: join(io.dataFolder, 'backups') });
}
