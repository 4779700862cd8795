import { basename } from 'node:path';
import type { Problem } from '../../../shared/errors/problem';
import { formatShape, type Shape, valueCount } from '../../../shared/tensors/shape';
import type { LoadControl, Split } from '../dataset';
import { limitsOf } from '../load-limits';
import type { SampleBlock, SampleStream, StreamUse } from '../sample-stream';
import { findPictures } from './find-pictures';
import { labelNamesOf } from './open-pictures';
import { readPicture } from './picture-file';
import { sideBySide } from './side-by-side';
import { noPictures, type Picture, surveyPictures, throwFirst } from './survey-pictures';

/**
 * A folder of pictures as `openPictures` reads it, some pictures at a time, in the order of their names: only the list of
 * them is held. They are brought to the shape that is asked for, else to the most common size.
 *
 * @param skipBroken leaves out pictures that can't be read, instead of throwing
 * @throws ProblemError @throws Cancelled
 */
export async function streamPictures(
  folder: string,
  skipBroken: boolean,
  { split: wanted, pictureShape }: StreamUse,
  control: LoadControl,
): Promise<SampleStream> {
  const found = await findPictures(folder, control);
  const survey = await surveyPictures(folder, found, control);
  if (!skipBroken) throwFirst(survey.broken);
  const shape = pictureShape ?? survey.shape;
  const splits = (['train', 'test'] as const).filter(
    (split) => (wanted ?? split) === split && survey.pictures.some(({ file }) => file.split === split),
  );
  if (splits.length === 0) throw noPictures(folder, `none in “${wanted}”`);
  const labelNames = labelNamesOf(survey.pictures);
  const pictures = splits.flatMap((split) => survey.pictures.filter(({ file }) => file.split === split));
  return {
    name: basename(folder),
    dtype: 'uint8',
    shape,
    count: skipBroken ? null : pictures.length,
    splits,
    labels: labelNames && 'text',
    named: true,
    columns: null,
    notes: [...found.notes, ...sizeNotes(pictures, shape)],
    async *blocks(rows, given = {}) {
      for (const split of splits) {
        const own = pictures.filter(({ file }) => file.split === split);
        yield* blocksOf(split, own, { shape, skipBroken, labelled: labelNames !== null }, rows, given);
      }
    },
  };
}

async function* blocksOf(
  split: Split,
  pictures: readonly Picture[],
  { shape, skipBroken, labelled }: { shape: Shape; skipBroken: boolean; labelled: boolean },
  rows: number,
  control: LoadControl,
): AsyncIterable<SampleBlock> {
  const { picturePixels } = limitsOf(control);
  const size = valueCount(shape);
  const values = new Uint8Array(rows * size);
  for (let from = 0; from < pictures.length; from += rows) {
    const some = pictures.slice(from, from + rows);
    const read = await sideBySide(some, 'Reading pictures', { signal: control.signal }, ({ file }) =>
      readPicture(file.path, file.name, shape, picturePixels),
    );
    const broken = read.filter((each): each is Problem => !(each instanceof Uint8Array));
    if (!skipBroken) throwFirst(broken);
    let count = 0;
    const sound = some.filter((_, at) => {
      const pixels = read[at];
      if (!(pixels instanceof Uint8Array)) return false;
      values.set(pixels, count * size);
      count += 1;
      return true;
    });
    const [done, total] = [from + some.length, pictures.length];
    control.onProgress?.({ stage: 'Reading pictures', done, total, unit: 'pictures' });
    if (count === 0) continue;
    const labels = labelled ? sound.map(({ file }) => file.className ?? '') : null;
    const names = sound.map(({ file }) => file.name);
    yield { split, count, values: values.subarray(0, count * size), labels, names };
  }
}

function sizeNotes(pictures: readonly Picture[], shape: Shape): string[] {
  const [height = 0, width = 0] = shape;
  const resized = pictures.filter(({ header }) => header.height !== height || header.width !== width).length;
  if (resized === 0) return [];
  const size = formatShape([height, width]);
  return [
    `${resized} of ${pictures.length} pictures are of another size than ${size}: they are scaled to cover it and cropped at the centre.`,
  ];
}
