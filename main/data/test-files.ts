import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { ProblemError } from '../../shared/errors/problem';

/** A folder for one test file, removed at its end. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hourglass-data-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function write(folder: string, name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

/** An IDX file with the values 0, 1, 2 … 255, 0, … unless others are given. */
export function idxBytes(dimensions: readonly number[], values?: readonly number[], type = 0x08): Buffer {
  const count = dimensions.reduce((product, length) => product * length, 1);
  const header = Buffer.alloc(4 + 4 * dimensions.length);
  header.set([0, 0, type, dimensions.length]);
  for (const [axis, length] of dimensions.entries()) header.writeUInt32BE(length, 4 + 4 * axis);
  const body = Buffer.from(values ?? Array.from({ length: count }, (_, index) => index % 256));
  return Buffer.concat([header, body]);
}

/** An NPY file as numpy.save writes it: the header padded to a multiple of 64 bytes. */
export function npyBytes(
  descr: string,
  shape: string,
  body: Uint8Array,
  { fortran = false, version = 1 } = {},
): Buffer {
  const dtype = descr.startsWith('[') ? descr : `'${descr}'`;
  const literal = `{'descr': ${dtype}, 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${shape}, }`;
  const lengthBytes = version === 1 ? 2 : 4;
  const unpadded = 8 + lengthBytes + literal.length + 1;
  const text = `${literal}${' '.repeat((64 - (unpadded % 64)) % 64)}\n`;
  const start = Buffer.alloc(8 + lengthBytes);
  start.write('\x93NUMPY', 'latin1');
  start.set([version, 0], 6);
  if (version === 1) start.writeUInt16LE(text.length, 8);
  else start.writeUInt32LE(text.length, 8);
  return Buffer.concat([start, Buffer.from(text, 'latin1'), body]);
}

/** The codes of the Problems that `work` rejects with, and what the first says; fails for every other outcome. */
export async function problemOf(
  work: Promise<unknown>,
): Promise<{ code: string; message: string; count: number }> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const [{ code, message }] = error.problems;
    return { code, message, count: error.problems.length };
  }
  throw new Error('Expected a Problem, but the work succeeded.');
}
