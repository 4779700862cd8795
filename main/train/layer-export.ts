import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { fileProblem } from '../../shared/errors/file-problem';
import type { Shape } from '../../shared/tensors/shape';
import { valueCount } from '../../shared/tensors/shape';
import { flushFolder } from '../models/atomic-file';
import { isLittleEndian } from './safetensors';

/** Rows of a representation, written one batch after the other, into a file that is there whole or not at all. */
export interface RepresentationWriter {
  /** @param values rows × values of the layer @param samples the number of each row's sample @param labels of each, where there are any */
  write(values: Float32Array, samples: ArrayLike<number>, labels: ArrayLike<number> | null): Promise<void>;
  /** Flushes the file and puts it in its place. */
  finish(): Promise<void>;
  /** Takes away what was written. */
  abandon(): Promise<void>;
}

interface RepresentationForm {
  readonly path: string;
  /** Of one sample. */
  readonly shape: Shape;
  readonly rows: number;
  readonly labelled: boolean;
  /** What is before the names of values in a heading; null: nothing. */
  readonly name?: string | null;
}

/**
 * Opens a file for `rows` representations: NPY (NumPy's own form 1.0, little-endian float32, [rows, …shape]), or CSV with a
 * heading, a row a sample: its number, its label where it has one, and the values, named by their places (`y3_x4_c0`, `t9_c1`, `u12`, from 0),
 * after the layer's own name where it has one (`Edges_u12`).
 *
 * @throws ProblemError where the system refuses, as every write does
 */
export async function openRepresentation(form: RepresentationForm): Promise<RepresentationWriter> {
  const { path } = form;
  const beside = `${path}.${randomUUID()}.part`;
  const file = await guarded(path, () => open(beside, 'wx'));
  const head = extname(path).toLowerCase() === '.csv' ? csvHead(form) : npyHead([form.rows, ...form.shape]);
  const isCsv = typeof head === 'string';
  const writer: RepresentationWriter = {
    write: (values, samples, labels) =>
      guarded(path, async () => {
        const part = isCsv ? csvRows(values, form, samples, labels) : littleEndian(values);
        await append(file, part);
      }),
    finish: () =>
      guarded(path, async () => {
        await file.sync();
        await file.close();
        await rename(beside, path);
        await flushFolder(dirname(path));
      }),
    abandon: async () => {
      await file.close().catch(() => {});
      await rm(beside, { force: true });
    },
  };
  try {
    await guarded(path, () => append(file, head));
  } catch (error) {
    await writer.abandon();
    throw error;
  }
  return writer;
}

async function guarded<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileProblem(error, path, 'write');
  }
}

async function append(file: FileHandle, part: Uint8Array | string): Promise<void> {
  await file.appendFile(part);
}

/**
 * Magic, version, length of the rest, and a Python literal padded so that the numbers begin at a multiple of 64 bytes.
 *
 * @param least how long the head is at the least, so that one can be put in the place of another
 */
export function npyHead(shape: Shape, least = 0): Uint8Array {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const literal = `{'descr': '<f4', 'fortran_order': False, 'shape': (${tuple}), }`;
  const before = 10;
  const length = Math.max(least, Math.ceil((before + literal.length + 1) / 64) * 64) - before;
  const head = Buffer.alloc(before + length, ' ');
  head.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  head.writeUInt16LE(length, 8);
  head.write(literal, before, 'latin1');
  head[head.length - 1] = 0x0a;
  return head;
}

/** The bytes of floats as files have them. */
export function littleEndian(values: Float32Array): Uint8Array {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return isLittleEndian ? bytes : Buffer.from(bytes).swap32();
}

function csvHead({ shape, labelled, name = null }: RepresentationForm): string {
  const values = valueNames(shape).map((value) => (name === null ? value : `${name}_${value}`));
  const columns = ['sample', ...(labelled ? ['label'] : []), ...values];
  return `${columns.join(',')}\n`;
}

/** The name of every value's place, in the order they lie in: `y3_x4_c0`, `t9_c1`, `u12`, from 0. */
export function valueNames(shape: Shape): string[] {
  const axes = shape.length === 3 ? ['y', 'x', 'c'] : shape.length === 2 ? ['t', 'c'] : ['u'];
  return Array.from({ length: valueCount(shape) }, (_, at) => {
    let rest = at;
    const places = shape.toReversed().map((length) => {
      const place = rest % length;
      rest = Math.floor(rest / length);
      return place;
    });
    return places
      .reverse()
      .map((place, axis) => `${axes[axis]}${place}`)
      .join('_');
  });
}

/** Numbers with as many digits as a float32 needs to come back the same. */
function csvRows(
  values: Float32Array,
  { shape, labelled }: RepresentationForm,
  samples: ArrayLike<number>,
  labels: ArrayLike<number> | null,
): string {
  const size = valueCount(shape);
  const rows: string[] = [];
  for (let row = 0; row < samples.length; row++) {
    const own = Array.from(values.subarray(row * size, (row + 1) * size), shortFloat);
    const head = [samples[row], ...(labelled ? [labels?.[row] ?? ''] : [])];
    rows.push([...head, ...own].join(','));
  }
  return `${rows.join('\n')}\n`;
}

/** A float32 with as few digits as it takes to come back the same. */
export function shortFloat(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === value) return String(text);
  }
  return String(Number(value.toPrecision(9)));
}
