import { basename } from 'node:path';
import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';
import { formatShape, type Shape, sameShape } from '../../../shared/tensors/shape';
import { readArrayFile, readArrayHeader } from '../array-file';
import type { Dataset, LoadControl, SampleArray } from '../dataset';
import { fingerprintFiles } from '../fingerprint';
import { rangeOf } from '../value-range';
import { findIdxFiles, type IdxFiles, type IdxPair } from './idx-files';
import { type IdxHeader, idxForm } from './idx-form';

/**
 * Loads IDX files: one file, or a folder with the usual names. Samples stay uint8; two axes after the count are a
 * grey picture, three are height × width × channels.
 *
 * @throws ProblemError @throws Cancelled
 */
export async function openIdx(path: string, control: LoadControl): Promise<Dataset> {
  const files = await findIdxFiles(path);
  const train = await readPair(files.train, control);
  const test = files.test && (await readPair(files.test, control));
  if (test) checkSameShape(path, train.shape, test.shape);
  return {
    name: basename(path),
    train,
    test,
    labelNames: null,
    range: rangeOf(test ? [train, test] : [train]),
    fingerprint: await fingerprintIdx(files),
    notes: files.train.labels === null ? ['No labels file lies beside the samples.'] : [],
  };
}

/** Shape and fingerprint of the IDX files at `path`, from their headers. @throws ProblemError */
export async function inspectIdx(path: string): Promise<{ shape: Shape; fingerprint: string }> {
  const files = await findIdxFiles(path);
  const header = await readArrayHeader(files.train.samples, idxForm);
  return { shape: sampleShape(header, files.train.samples), fingerprint: await fingerprintIdx(files) };
}

function fingerprintIdx({ train, test }: IdxFiles): Promise<string> {
  const paths = [train.samples, train.labels, test?.samples, test?.labels];
  return fingerprintFiles(
    paths.flatMap((path) => (path ? [{ name: basename(path), path }] : [])),
    paths.length,
  );
}

async function readPair(pair: IdxPair, control: LoadControl): Promise<SampleArray> {
  const { header, body } = await readArrayFile(pair.samples, idxForm, control);
  const shape = sampleShape(header, pair.samples);
  const count = header.dimensions[0] ?? 0;
  const labels = pair.labels === null ? null : await readLabels(pair.labels, pair.samples, count, control);
  return { dtype: 'uint8', count, shape, values: body, labels };
}

/** @throws ProblemError where they are not as many as the samples */
export async function readLabels(
  path: string,
  samples: string,
  count: number,
  control: LoadControl,
): Promise<Int32Array> {
  const { header, body } = await readArrayFile(path, idxForm, control);
  const labelCount = header.dimensions[0] ?? 0;
  if (header.dimensions.length !== 1 || labelCount !== count) {
    const counts = { pictures: samples, pictureCount: count, labels: path, labelCount };
    throw new ProblemError(problem('IDX_LABEL_COUNT', counts));
  }
  return Int32Array.from(body);
}

/** @throws ProblemError where a training set and its test set differ */
export function checkSameShape(place: string, train: Shape, test: Shape): void {
  if (sameShape(train, test)) return;
  const values = { place, train: formatShape(train), test: formatShape(test) };
  throw new ProblemError(problem('DATA_TEST_SHAPE', values));
}

/** Of one sample of such a file. @throws ProblemError where it holds labels alone, or no sample */
export function sampleShape({ dimensions }: IdxHeader, file: string): Shape {
  const [count, ...shape] = dimensions;
  if (shape.length < 1 || shape.length > 3) {
    throw new ProblemError(problem('IDX_LABELS_ONLY', { file, dimensions: dimensions.length }));
  }
  if (count === 0 || shape.includes(0)) throw new ProblemError(problem('DATA_NO_ROWS', { file }));
  return shape.length === 2 ? [...shape, 1] : shape;
}
