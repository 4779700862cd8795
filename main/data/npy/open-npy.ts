import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { problem } from '../../../shared/errors/catalogue';
import { ProblemError } from '../../../shared/errors/problem';
import { formatShape, type Shape, valueCount } from '../../../shared/tensors/shape';
import { readArrayFile, readArrayHeader } from '../array-file';
import type { Dataset, LoadControl } from '../dataset';
import { fingerprintFiles } from '../fingerprint';
import { throwIfCancelled } from '../load-limits';
import { rangeOf } from '../value-range';
import { FiniteRows } from './finite-rows';
import { type NpyHeader, npyForm } from './npy-form';
import { toNativeOrder } from './npy-type';

/** Values turned into the held type before others get a turn: some 20 ms. */
const VALUES_A_TURN = 2 ** 20;

/**
 * Loads an NPY file whose first axis counts the samples: samples × values, × height × width, or × height × width ×
 * channels; with `series` samples × length, or × length × channels. uint8 stays uint8 (and stands for value / 255); bool becomes uint8 0 and 255; every other type becomes
 * float32. Fortran order and either byte order are read correctly.
 *
 * @throws ProblemError also where a value is NaN or infinite: how many rows, and which @throws Cancelled
 */
export async function openNpy(path: string, series: boolean, control: LoadControl): Promise<Dataset> {
  const { header, body } = await readArrayFile(path, npyForm, control);
  const shape = sampleShape(header, path, series);
  toNativeOrder(body, header.type, header.bigEndian);
  const values = await convert(header, body, control);
  const count = header.dimensions[0] ?? 0;
  if (values instanceof Float32Array) {
    const finite = new FiniteRows(path, valueCount(shape));
    finite.add(values);
    finite.check();
  }
  const train = { dtype: header.type.held, count, shape, values, labels: null };
  const range = rangeOf([train]);
  return {
    name: basename(path),
    train,
    test: null,
    labelNames: null,
    range,
    fingerprint: await fingerprintNpy(path),
    notes: notesOn(header, shape, range),
  };
}

/** Shape and fingerprint of the NPY file at `path`, from its header. @throws ProblemError */
export async function inspectNpy(path: string): Promise<{ shape: Shape; fingerprint: string }> {
  const header = await readArrayHeader(path, npyForm);
  return { shape: sampleShape(header, path, false), fingerprint: await fingerprintNpy(path) };
}

function fingerprintNpy(path: string): Promise<string> {
  return fingerprintFiles([{ name: basename(path), path }], 1);
}

/** Of one sample of such a file. @throws ProblemError where its axes are none that samples have, or it holds none */
export function sampleShape({ dimensions }: NpyHeader, file: string, series: boolean): Shape {
  const [, ...shape] = dimensions;
  if (shape.length < 1 || shape.length > 3) {
    throw new ProblemError(problem('NPY_SHAPE', { file, shape: `(${dimensions.join(', ')})` }));
  }
  if (dimensions.includes(0)) throw new ProblemError(problem('DATA_NO_ROWS', { file }));
  if (series && shape.length < 3) return shape.length === 1 ? [...shape, 1] : shape;
  return shape.length === 2 ? [...shape, 1] : shape;
}

/** The values in row-major order and in the held type. */
async function convert(
  { type, dimensions, fortranOrder }: NpyHeader,
  body: Uint8Array,
  control: LoadControl,
): Promise<Uint8Array | Float32Array> {
  const count = valueCount(dimensions);
  if (!fortranOrder && type.name === 'uint8') return body;
  if (!fortranOrder && type.name === 'float32') return new Float32Array(body.buffer);
  const values = type.held === 'uint8' ? new Uint8Array(count) : new Float32Array(count);
  const read = type.reader(body);
  const places = fortranOrder ? fortranPlaces(dimensions) : null;
  for (let from = 0; from < count; from += VALUES_A_TURN) {
    const to = Math.min(count, from + VALUES_A_TURN);
    for (let index = from; index < to; index++) values[index] = read(places ? places.next() : index);
    control.onProgress?.({ stage: 'Converting', done: to, total: count, unit: 'values' });
    await setImmediate();
    throwIfCancelled(control);
  }
  return values;
}

/** Walks an array row by row and says where each value lies in a file with the first axis fastest. */
function fortranPlaces(dimensions: readonly number[]): { next(): number } {
  const strides: number[] = [];
  let stride = 1;
  for (const length of dimensions) {
    strides.push(stride);
    stride *= length;
  }
  const at = dimensions.map(() => 0);
  let place = 0;
  const last = dimensions.length - 1;
  return {
    next() {
      const here = place;
      for (let axis = last; axis >= 0; axis--) {
        const position = (at[axis] ?? 0) + 1;
        const step = strides[axis] ?? 0;
        if (position < (dimensions[axis] ?? 0)) {
          at[axis] = position;
          place += step;
          break;
        }
        at[axis] = 0;
        place -= step * (position - 1);
      }
      return here;
    },
  };
}

function notesOn(
  { type, bigEndian, fortranOrder, dimensions }: NpyHeader,
  shape: Shape,
  [min, max]: readonly [number, number],
): string[] {
  const notes: string[] = [];
  if (fortranOrder) notes.push('The file is in Fortran order; it was turned into row order.');
  if (bigEndian && type.bytes > 1) notes.push('The file is big-endian; its bytes were turned round.');
  if (type.name === 'bool') notes.push('False and True are read as 0 and 1.');
  else if (type.name !== type.held) notes.push(`The ${type.name} values are held as float32.`);
  const [height = 0, width = 0, channels = 0] = shape;
  if (dimensions.length === 4 && height <= 4 && channels > 4) {
    notes.push(
      `Samples are read as height × width × channels = ${formatShape(shape)}, which looks like channels first. ` +
        `If they are ${height} channels of ${width}×${channels}, save the array again after numpy.transpose(array, (0, 2, 3, 1)).`,
    );
  }
  if (type.held === 'float32' && (min < 0 || max > 1)) {
    notes.push(
      `Values run from ${short(min)} to ${short(max)}, not from 0 to 1: a sigmoid output can't reach them all, and binary cross-entropy does not fit.`,
    );
  }
  if (min === max) notes.push(`Every value is ${short(min)}: there is nothing to learn here.`);
  return notes;
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
