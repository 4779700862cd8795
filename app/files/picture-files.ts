import { extname, isAbsolute, resolve } from 'node:path';
import { writeWhole } from '../../main/models/atomic-file';
import { problem } from '../../shared/errors/catalogue';
import { fileProblem } from '../../shared/errors/file-problem';
import { ProblemError } from '../../shared/errors/problem';
import { isPng } from '../../shared/sharing/png-chunks';

const ENDING = '.png';
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Writes a PNG whole or not at all.
 *
 * @throws ProblemError where the path is not absolute or not named like one, the bytes are none, or the disk refuses
 */
export async function writePicture(
  { path, png }: { readonly path: string; readonly png: Uint8Array },
  limit = MOST_BYTES,
): Promise<{ readonly path: string }> {
  // A zero byte ends a path for the system, so that what is checked would not be what is written.
  if (path.includes('\0') || !isAbsolute(path) || extname(path).toLowerCase() !== ENDING) {
    throw new ProblemError(problem('EXPORT_NAME', { path, known: ENDING }));
  }
  const file = resolve(path);
  if (png.length > limit) {
    throw new ProblemError(problem('FILE_TOO_LARGE', { path: file, bytes: png.length, limit }));
  }
  if (!isPng(png)) {
    throw new ProblemError(problem('PICTURE_DAMAGED', { name: file, what: 'it does not begin like one' }));
  }
  try {
    await writeWhole(file, png);
  } catch (error) {
    throw fileProblem(error, file, 'write');
  }
  return { path: file };
}
