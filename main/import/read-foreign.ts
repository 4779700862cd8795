import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { problem } from '../../shared/errors/catalogue';
import { fileProblem } from '../../shared/errors/file-problem';
import { ProblemError } from '../../shared/errors/problem';
import { type Hdf5Reader, readHdf5 } from '../hdf5/read-hdf5';
import { readBeside, wholeFile } from './foreign-bytes';
import type { ForeignModel } from './foreign-layer';
import { IMPORT_LIMITS, type ImportLimits } from './import-limits';
import { readKerasH5 } from './keras/keras-h5';
import { readKerasZip } from './keras/keras-zip';
import { readLayersModel } from './layers-model/read-layers-model';
import { type OnnxModel, readOnnx } from './onnx/read-onnx';

/** A model of another program, and in which form it came. */
export type ForeignFile = { readonly path: string } & (
  | { readonly format: 'layers-model' | 'keras' | 'keras-h5'; readonly model: ForeignModel }
  | { readonly format: 'onnx'; readonly model: OnnxModel }
);

/**
 * Reads a model of another program, told apart by content: a TensorFlow.js LayersModel (`model.json`, or its folder), Keras
 * (`.keras`, `.h5`) or ONNX. Nothing in a file is ever run.
 *
 * @throws ProblemError
 */
export async function readForeign(
  given: string,
  limits: ImportLimits = IMPORT_LIMITS,
  hdf5: Hdf5Reader = readHdf5,
): Promise<ForeignFile> {
  const path = await placeOf(given);
  const file = basename(path);
  const head = await headOf(path);
  const named = <M extends ForeignModel>(model: M): M => {
    const isGiven = model.name !== '' && !/^(?:sequential|functional|model)(?:_\d+)?$/.test(model.name);
    return isGiven ? model : { ...model, name: nameFor(path) };
  };
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04])) {
    return { path, format: 'keras', model: named(await readKerasZip(path, limits, hdf5)) };
  }
  if (startsWith(head, [0x89, 0x48, 0x44, 0x46])) {
    return {
      path,
      format: 'keras-h5',
      model: named(await readKerasH5(await wholeFile(path, limits), file, limits, hdf5)),
    };
  }
  const first = head.find((byte) => !' \t\r\n'.includes(String.fromCharCode(byte)));
  if (first === 0x7b) {
    return { path, format: 'layers-model', model: named(await readLayersModel(path, limits)) };
  }
  if (startsWith(head, [0x80, 0x02]) || startsWith(head, [0x80, 0x04])) {
    throw notRecognised(file, 'is a Python pickle, which is code and is never run');
  }
  // A protobuf message has no mark of its own: its first field is the version, or the graph.
  if (head[0] === 0x08 || head[0] === 0x3a || head[0] === 0x12 || path.endsWith('.onnx')) {
    const bytes = await wholeFile(path, limits);
    const beside = (location: string, offset: number, length: number) =>
      readBeside(path, location, offset, length);
    return { path, format: 'onnx', model: named(await readOnnx(bytes, file, beside, limits)) };
  }
  throw notRecognised(file, 'is none of these');
}

function nameFor(path: string): string {
  const own = basename(path).replace(/\.[^.]*$/, '');
  return own === 'model' ? basename(dirname(path)) || own : own;
}

/** The model itself, where the folder around it is named. */
async function placeOf(path: string): Promise<string> {
  try {
    return (await stat(path)).isDirectory() ? join(path, 'model.json') : path;
  } catch (error) {
    throw fileProblem(error, path, 'read');
  }
}

function notRecognised(file: string, found: string): ProblemError {
  return new ProblemError(problem('IMPORT_NOT_RECOGNISED', { file, found }));
}

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => head[index] === byte);
}

async function headOf(path: string): Promise<Uint8Array> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(path, 'r');
    const { buffer, bytesRead } = await handle.read(new Uint8Array(64), 0, 64, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw fileProblem(error, path, 'read');
  } finally {
    await handle?.close();
  }
}
