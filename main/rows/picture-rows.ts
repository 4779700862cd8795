import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { problem } from '../../shared/errors/catalogue';
import { fileProblem } from '../../shared/errors/file-problem';
import { ProblemError } from '../../shared/errors/problem';
import { formatShape, type Shape, valueCount } from '../../shared/tensors/shape';
import { toPixels } from '../data/sample-pixels';
import { flushFolder } from '../models/atomic-file';
import type { RowOrigin, RowsForm, RowWriter } from './row-writer';

/** Pictures encoded and written at a time. */
const AT_ONCE = 8;

/**
 * Rows as PNG pictures in a new folder, which is there with all of them or not at all: by the names of the pictures they were
 * made of, in folders like theirs, else by the numbers of the samples.
 *
 * @throws ProblemError where rows are no pictures of one or three channels, or the folder holds something already
 */
export async function openPictureRows({ path, shape }: RowsForm): Promise<RowWriter> {
  const channels = shape[2] ?? 0;
  if (shape.length !== 3 || (channels !== 1 && channels !== 3)) {
    throw new ProblemError(problem('ROWS_NO_PICTURES', { path, shape: formatShape(shape) }));
  }
  const beside = `${path}.${randomUUID()}.part`;
  const size = valueCount(shape);
  const guarded = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      throw fileProblem(error, path, 'write');
    }
  };
  await guarded(async () => {
    if (await isTaken(path)) throw new ProblemError(problem('ROWS_FOLDER_TAKEN', { path }));
    await mkdir(beside);
  });
  return {
    write: (values, origin) =>
      guarded(async () => {
        for (let from = 0; from < origin.count; from += AT_ONCE) {
          const some = Array.from({ length: Math.min(AT_ONCE, origin.count - from) }, (_, at) => from + at);
          await Promise.all(
            some.map((row) => {
              const pixels = toPixels(values.subarray(row * size, (row + 1) * size), [0, 1]);
              return writePicture(join(beside, nameOf(origin, row)), pixels, shape);
            }),
          );
        }
      }),
    finish: () =>
      guarded(async () => {
        // An empty folder may be there already, which not every system renames over.
        await rmdir(path).catch(() => {});
        await rename(beside, path);
        await flushFolder(dirname(path));
      }),
    abandon: () => rm(beside, { recursive: true, force: true }),
  };
}

async function isTaken(path: string): Promise<boolean> {
  try {
    return (await readdir(path)).length > 0;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

/** `train/cat/7.jpg.png`, so that pictures whose names differ in their endings alone stay apart; else `train-00000007.png`. */
function nameOf({ names, first, split }: RowOrigin, row: number): string {
  const name = names?.[row];
  if (name === undefined) return `${split}-${String(first + row).padStart(8, '0')}.png`;
  return name.toLowerCase().endsWith('.png') ? name : `${name}.png`;
}

async function writePicture(
  file: string,
  pixels: Uint8Array,
  [height = 1, width = 1, channels]: Shape,
): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const raw = { width, height, channels: channels === 1 ? 1 : 3 } as const;
  await writeFile(file, await sharp(pixels, { raw }).png().toBuffer());
}
