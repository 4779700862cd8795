import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';
import type { Split } from '../dataset';
import { fileProblem } from '../file-problem';

/** The files of one set. */
export interface IdxPair {
  readonly samples: string;
  readonly labels: string | null;
}

export interface IdxFiles {
  readonly train: IdxPair;
  readonly test: IdxPair | null;
}

/** `train-images-idx3-ubyte`, `t10k-images.idx3-ubyte.gz` and their like; idx1–idx4 by the number of axes. */
const usualName = /^(train|t10k|test)-(images|labels)[-.]idx[1-4]-ubyte(\.gz)?$/i;

/**
 * The IDX files behind `path`: in a folder the four usual names; a single file is the training set, with the
 * labels file beside it where its name says `images` (or `idx3`) and a file says the same with `labels` (`idx1`).
 * Where a name is there plain and gzipped, the plain file is taken.
 *
 * @throws ProblemError where the path is missing or the folder holds no training set
 */
export async function findIdxFiles(path: string): Promise<IdxFiles> {
  try {
    if (!(await stat(path)).isDirectory()) {
      return { train: { samples: path, labels: await labelsBeside(path) }, test: null };
    }
    const names = await readdir(path);
    const train = pairIn(path, names, 'train');
    if (train === null) {
      const found = `is a folder without a file named like train-images-idx3-ubyte (it holds ${names.length} entries)`;
      throw new ProblemError(problem('DATA_NOT_RECOGNISED', { path, found }));
    }
    return { train, test: pairIn(path, names, 'test') };
  } catch (error) {
    throw fileProblem(error, path);
  }
}

/** Whether a folder with these entries holds a training set under the usual names. */
export function holdsIdxFiles(names: readonly string[]): boolean {
  return pairIn('', names, 'train') !== null;
}

function pairIn(folder: string, names: readonly string[], split: Split): IdxPair | null {
  const find = (content: 'images' | 'labels') => {
    const matches = names.filter((name) => {
      const [, set, holds] = usualName.exec(name.toLowerCase()) ?? [];
      return holds === content && (set === 'train') === (split === 'train');
    });
    matches.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
    return matches[0] === undefined ? null : join(folder, matches[0]);
  };
  const samples = find('images');
  return samples === null ? null : { samples, labels: find('labels') };
}

async function labelsBeside(path: string): Promise<string | null> {
  const name = basename(path);
  const labelsName = name.replace(/images/i, 'labels').replace(/idx[2-4]/i, 'idx1');
  if (labelsName === name) return null;
  const plain = labelsName.replace(/\.gz$/i, '');
  const names = await readdir(dirname(path));
  const found = [labelsName, plain, `${plain}.gz`].find((candidate) => names.includes(candidate));
  return found === undefined ? null : join(dirname(path), found);
}
