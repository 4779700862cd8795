import { basename } from 'node:path';
import { problem } from '../../../shared/errors/catalogue';
import { type Problem, ProblemError } from '../../../shared/errors/problem';
import { formatShape, type Shape, valueCount } from '../../../shared/tensors/shape';
import type { Dataset, LoadControl, SampleArray, Split } from '../dataset';
import { fingerprintFiles } from '../fingerprint';
import { formatBytes, limitsOf } from '../load-limits';
import { rangeOf } from '../value-range';
import { type FoundPictures, findPictures } from './find-pictures';
import { readPicture } from './picture-file';
import { sideBySide } from './side-by-side';
import { noPictures, type Picture, type Survey, surveyPictures, throwFirst } from './survey-pictures';

/** Files whose content goes into the fingerprint; the names and sizes of all do. */
const FINGERPRINTED = 64;
const NAMES_IN_NOTES = 5;

/**
 * Loads a folder of pictures as uint8.
 *
 * **Size**: the most common size among all pictures (after the turn that EXIF asks for), the smaller one where two
 * are equally common. A picture of another size is scaled until it covers that size and cropped at the centre, never
 * stretched; `notes` says how many were. **Channels**: 1 where every picture is grey, else 3; alpha is laid on white.
 * **Labels**: the folder directly below the set's, numbered by name; none where a picture lies outside such folders.
 *
 * @param skipBroken leaves out pictures that can't be read, and says so in `notes`, instead of throwing
 * @throws ProblemError naming the first broken file @throws Cancelled
 */
export async function openPictures(
  folder: string,
  skipBroken: boolean,
  control: LoadControl,
): Promise<Dataset> {
  const found = await findPictures(folder, control);
  const survey = await surveyPictures(folder, found, control);
  if (!skipBroken) throwFirst(survey.broken);
  checkSize(folder, survey, control);
  const decoded = await decode(survey, control);
  if (!skipBroken) throwFirst(decoded.broken);
  const broken = [...survey.broken, ...decoded.broken];
  const kept = survey.pictures.filter((_, index) => decoded.sound[index]);
  const labelNames = labelNamesOf(kept);
  const setOf = (split: Split) => sampleArray(split, survey, decoded, labelNames);
  const train = setOf('train');
  const test = setOf('test');
  if (train.count === 0) throw noPictures(folder, `${broken.length} broken ones and none for training`);
  return {
    name: basename(folder),
    train,
    test: test.count > 0 ? test : null,
    labelNames,
    range: rangeOf([train, test]),
    fingerprint: await fingerprintPictures(found),
    notes: [...found.notes, ...notesOn(kept, survey.shape, broken, labelNames)],
  };
}

/** Shape and fingerprint of a folder of pictures, from the headers; broken ones don't count. @throws ProblemError @throws Cancelled */
export async function inspectPictures(
  folder: string,
  control: LoadControl,
): Promise<{ shape: Shape; fingerprint: string }> {
  const found = await findPictures(folder, control);
  const { shape } = await surveyPictures(folder, found, control);
  return { shape, fingerprint: await fingerprintPictures(found) };
}

function fingerprintPictures({ files }: FoundPictures): Promise<string> {
  return fingerprintFiles(files, FINGERPRINTED);
}

function checkSize(folder: string, { pictures, shape }: Survey, control: LoadControl): void {
  const { bytes: limit } = limitsOf(control);
  const needed = pictures.length * valueCount(shape);
  if (needed <= limit) return;
  throw new ProblemError(
    problem('DATA_TOO_LARGE', { file: folder, needed: formatBytes(needed), limit: formatBytes(limit) }),
  );
}

/** Samples of both sets, each in the order of the survey; `sound` tells which pictures could be read. */
interface Decoded {
  readonly values: Readonly<Record<Split, Uint8Array>>;
  readonly sound: readonly boolean[];
  readonly broken: readonly Problem[];
}

async function decode({ pictures, shape }: Survey, control: LoadControl): Promise<Decoded> {
  const { picturePixels } = limitsOf(control);
  const valuesEach = valueCount(shape);
  const total = { train: 0, test: 0 };
  const places = pictures.map(({ file }) => total[file.split]++);
  const values = {
    train: new Uint8Array(total.train * valuesEach),
    test: new Uint8Array(total.test * valuesEach),
  };
  const results = await sideBySide(pictures, 'Reading pictures', control, async ({ file }, index) => {
    const pixels = await readPicture(file.path, file.name, shape, picturePixels);
    if (!(pixels instanceof Uint8Array)) return pixels;
    values[file.split].set(pixels, (places[index] ?? 0) * valuesEach);
    return null;
  });
  return {
    values,
    sound: results.map((result) => result === null),
    broken: results.filter((result) => result !== null),
  };
}

/** One set without the pictures that could not be read: what lies behind them moves up. */
function sampleArray(
  split: Split,
  { pictures, shape }: Survey,
  { values, sound }: Decoded,
  labelNames: readonly string[] | null,
): SampleArray {
  const valuesEach = valueCount(shape);
  const all = values[split];
  const labels: number[] = [];
  let from = 0;
  let count = 0;
  for (const [index, { file }] of pictures.entries()) {
    if (file.split !== split) continue;
    if (sound[index]) {
      if (from !== count) all.copyWithin(count * valuesEach, from * valuesEach, (from + 1) * valuesEach);
      labels.push(labelNames?.indexOf(file.className ?? '') ?? 0);
      count += 1;
    }
    from += 1;
  }
  const kept = count === from ? all : all.slice(0, count * valuesEach);
  return { dtype: 'uint8', count, shape, values: kept, labels: labelNames ? Int32Array.from(labels) : null };
}

/** The names of the classes that pictures lie in; null where one lies in none. */
export function labelNamesOf(pictures: readonly Picture[]): readonly string[] | null {
  const names = new Set<string>();
  for (const { file } of pictures) {
    if (file.className === null) return null;
    names.add(file.className);
  }
  return [...names].sort();
}

function notesOn(
  pictures: readonly Picture[],
  shape: Shape,
  broken: readonly Problem[],
  labelNames: readonly string[] | null,
): string[] {
  const [height = 0, width = 0, channels = 0] = shape;
  const count = (test: (picture: Picture) => boolean) => pictures.filter(test).length;
  const notes: string[] = [];
  const resized = count(({ header }) => header.height !== height || header.width !== width);
  if (resized > 0) {
    notes.push(
      `${resized} of ${pictures.length} pictures are not of the most common size, ${formatShape([height, width])}: they were scaled to cover it and cropped at the centre.`,
    );
  }
  const grey = count(({ header }) => header.grey);
  if (channels === 3 && grey > 0) notes.push(`${grey} grey pictures were given three equal channels.`);
  const transparent = count(({ header }) => header.transparent);
  if (transparent > 0) notes.push(`${transparent} pictures with transparency were laid on white.`);
  const turned = count(({ header }) => header.turned);
  if (turned > 0) notes.push(`${turned} pictures were turned as their EXIF data asks.`);
  if (broken.length > 0) {
    const named = broken.slice(0, NAMES_IN_NOTES).map(({ message }) => message);
    const rest = broken.length - named.length;
    notes.push(
      `${broken.length} broken ${broken.length === 1 ? 'picture was' : 'pictures were'} skipped. ${named.join(' ')}${rest > 0 ? ` … and ${rest} more.` : ''}`,
    );
  }
  if (labelNames === null && pictures.some(({ file }) => file.className !== null)) {
    notes.push('Some pictures lie outside class folders, so none has a label.');
  }
  return notes;
}
