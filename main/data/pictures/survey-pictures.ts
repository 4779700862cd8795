import { problem } from '../../../shared/errors/catalogue';
import { type Problem, ProblemError } from '../../../shared/errors/problem';
import type { Shape } from '../../../shared/tensors/shape';
import type { LoadControl } from '../dataset';
import { limitsOf } from '../load-limits';
import type { FoundPictures, PictureFile } from './find-pictures';
import { type PictureHeader, readPictureHeader } from './picture-file';
import { sideBySide } from './side-by-side';

const PROBLEMS_THROWN = 20;

/** A picture whose header could be read. */
export interface Picture {
  readonly file: PictureFile;
  readonly header: PictureHeader;
}

/** All headers of a folder, and the shape that follows from them. */
export interface Survey {
  readonly pictures: readonly Picture[];
  readonly broken: readonly Problem[];
  readonly shape: Shape;
}

/** The last survey, with what it was made of: the shape of a folder is usually asked for right before its pictures. */
let last: { readonly key: string; readonly survey: Survey } | null = null;

/**
 * Reads the header of every picture (about half a millisecond each), or takes the last survey where the same files
 * are there unchanged.
 *
 * @throws ProblemError where there is no training picture or none can be read @throws Cancelled
 */
export async function surveyPictures(
  folder: string,
  { files }: FoundPictures,
  control: LoadControl,
): Promise<Survey> {
  if (!files.some(({ split }) => split === 'train')) throw noPictures(folder, 'none');
  const { picturePixels } = limitsOf(control);
  const facts = files.map(({ path, size, modified }) => `${path}\0${size}\0${modified}`);
  const key = [picturePixels, ...facts].join('\n');
  if (last?.key !== key) last = { key, survey: await readHeaders(folder, files, picturePixels, control) };
  return last.survey;
}

async function readHeaders(
  folder: string,
  files: readonly PictureFile[],
  picturePixels: number,
  control: LoadControl,
): Promise<Survey> {
  const pictures: Picture[] = [];
  const broken: Problem[] = [];
  const headers = await sideBySide(files, 'Looking at pictures', control, ({ path, name }) =>
    readPictureHeader(path, name, picturePixels),
  );
  for (const [index, file] of files.entries()) {
    const header = headers[index];
    if (header === undefined) continue;
    if ('code' in header) broken.push(header);
    else pictures.push({ file, header });
  }
  const [height, width] = mostCommonSize(pictures.map(({ header }) => header));
  if (pictures.length === 0) {
    throwFirst(broken);
    throw noPictures(folder, 'none');
  }
  const grey = pictures.every(({ header }) => header.grey);
  return { pictures, broken, shape: [height, width, grey ? 1 : 3] };
}

function mostCommonSize(headers: readonly PictureHeader[]): readonly [height: number, width: number] {
  const sizes = new Map<string, { height: number; width: number; count: number }>();
  for (const { height, width } of headers) {
    const key = `${height}×${width}`;
    const size = sizes.get(key);
    if (size) size.count += 1;
    else sizes.set(key, { height, width, count: 1 });
  }
  const [first] = [...sizes.values()].sort(
    (a, b) => b.count - a.count || a.height * a.width - b.height * b.width || a.height - b.height,
  );
  return [first?.height ?? 1, first?.width ?? 1];
}

/** Throws the Problems, if there are any: the first few, so that a broken download doesn't fill the window. */
export function throwFirst(problems: readonly Problem[]): void {
  const [first, ...others] = problems.slice(0, PROBLEMS_THROWN);
  if (first !== undefined) throw new ProblemError(first, ...others);
}

export function noPictures(folder: string, found: string): ProblemError {
  return new ProblemError(problem('PICTURES_NONE', { folder, found }));
}
