import { readdir, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { FileReference } from '../../shared/document/graph-document';
import { problem } from '../../shared/errors/catalogue';
import { ProblemError } from '../../shared/errors/problem';
import { formatBytesOfStart, isGzip, readStart } from './array-file';
import type { LoadControl } from './dataset';
import { fileProblem } from './file-problem';
import { holdsIdxFiles } from './idx/idx-files';
import { looksLikeIdx } from './idx/idx-form';
import { inspectIdx } from './idx/open-idx';
import { looksLikeNpy } from './npy/npy-form';
import { inspectNpy } from './npy/open-npy';
import { findPictures, isPictureName } from './pictures/find-pictures';
import { inspectPictures } from './pictures/open-pictures';
import { inspectTable } from './table/open-table';

/**
 * Tells what kind of data lies at `path` by its content, and the shape of one sample by its headers: a file in IDX or
 * NPY form, a table of numbers, a folder with the usual IDX names, or a folder of pictures.
 *
 * @param control its signal calls off looking through a folder of pictures
 * @returns a reference with an absolute path
 * @throws ProblemError where the path is missing or holds nothing of these @throws Cancelled
 */
export async function referenceFor(
  path: string,
  control: Pick<LoadControl, 'signal'> = {},
): Promise<FileReference> {
  const place = resolve(path);
  const kind = await kindOf(place, control);
  switch (kind) {
    case 'idx':
      return { kind, path: place, ...(await inspectIdx(place)) };
    case 'npy':
      return { kind, path: place, ...(await inspectNpy(place)) };
    case 'pictures':
      return { kind, path: place, ...(await inspectPictures(place, control)) };
    case 'table':
      return tableReference(place);
  }
}

async function tableReference(path: string): Promise<FileReference> {
  const found = await inspectTable(path);
  if (found) return { kind: 'table', path, ...found };
  throw notRecognised(path, `begins ${formatBytesOfStart(await readStart(path, 8), 8)}`);
}

async function kindOf(path: string, control: LoadControl): Promise<FileReference['kind']> {
  try {
    return (await stat(path)).isDirectory() ? await kindOfFolder(path, control) : await kindOfFile(path);
  } catch (error) {
    throw fileProblem(error, path);
  }
}

async function kindOfFolder(path: string, control: LoadControl): Promise<'idx' | 'pictures'> {
  const names = await readdir(path);
  if (holdsIdxFiles(names)) return 'idx';
  if (names.some(isPictureName) || (await findPictures(path, control)).files.length > 0) return 'pictures';
  const visible = names.filter((name) => !name.startsWith('.')).sort();
  if (visible.length === 0) throw notRecognised(path, 'is an empty folder');
  const some = visible.slice(0, 3).join(', ');
  throw notRecognised(
    path,
    `is a folder without any of them (it holds ${some}${visible.length > 3 ? ', …' : ''})`,
  );
}

async function kindOfFile(path: string): Promise<'idx' | 'npy' | 'table'> {
  const start = await readStart(path, 8);
  if (looksLikeNpy(start)) return 'npy';
  if (looksLikeIdx(start)) return 'idx';
  // What is packed shows when it is read: an IDX file, unless the name says otherwise.
  if (isGzip(start)) return packedKinds.find(({ name }) => name.test(path))?.kind ?? 'idx';
  if (isPictureName(path)) throw notRecognised(path, 'is a single picture; choose the folder it lies in');
  if (start.length === 0) throw notRecognised(path, `begins ${formatBytesOfStart(start, 8)}`);
  return 'table';
}

const packedKinds = [
  { name: /\.npy(\.gz)?$/i, kind: 'npy' },
  { name: /\.(csv|tsv|txt|dat|data)\.gz$/i, kind: 'table' },
] as const;

function notRecognised(path: string, found: string): ProblemError {
  return new ProblemError(problem('DATA_NOT_RECOGNISED', { path, found }));
}
