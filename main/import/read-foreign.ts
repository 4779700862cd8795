import { type FileHandle, open, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { problem } from '../../shared/errors/catalogue';
import { fileProblem } from '../../shared/errors/file-problem';
import { ProblemError } from '../../shared/errors/problem';
import type { ForeignModel } from './foreign-layer';
import { IMPORT_LIMITS, type ImportLimits } from './import-limits';
import { readKerasH5 } from './keras/keras-h5';
import { readKerasZip } from './keras/keras-zip';
import { readLayersModel } from './layers-model/read-layers-model';
import { type OnnxModel, readOnnx } from './onnx/read-onnx';
import { damaged } from './untrusted-config';

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
export async function readForeign(given: string, limits: ImportLimits = IMPORT_LIMITS): Promise<ForeignFile> {
  const path = await placeOf(given);
  const file = basename(path);
  const head = await headOf(path);
  const named = <M extends ForeignModel>(model: M): M => ({ ...model, name: model.name || nameFor(path) });
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04])) {
    return { path, format: 'keras', model: named(await readKerasZip(path, limits)) };
  }
  if (startsWith(head, [0x89, 0x48, 0x44, 0x46])) {
    return {
      path,
      format: 'keras-h5',
      model: named(await readKerasH5(await wholeFile(path, limits), file, limits)),
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

/** @throws ProblemError where it is too large, or the system refuses */
export async function wholeFile(
  path: string,
  { fileBytes: limit }: Pick<ImportLimits, 'fileBytes'>,
): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > limit) {
      throw new ProblemError(
        problem('IMPORT_TOO_LARGE', { file: basename(path), what: 'The bytes', bytes: size, limit }),
      );
    }
    return new Uint8Array(await readFile(path));
  } catch (error) {
    throw fileProblem(error, path, 'read');
  }
}

/**
 * Reads a part of a file that a model names as its own: it must lie in the model's folder, links followed.
 *
 * @param wanted how many bytes; null for all there are
 * @param most of them
 * @throws ProblemError
 */
export async function readBeside(
  model: string,
  location: string,
  offset: number,
  wanted: number | null,
  most = Number.MAX_SAFE_INTEGER,
): Promise<Uint8Array> {
  const file = basename(model);
  const said = location.slice(0, 100);
  if (isAbsolute(location) || /[\\\0:]/.test(location) || location.split('/').includes('..')) {
    throw damaged(file, `it names “${said}”, which lies outside its folder`);
  }
  const path = join(dirname(model), location);
  let handle: FileHandle | null = null;
  try {
    const [folder, real] = await Promise.all([realpath(dirname(model)), realpath(path)]);
    const way = relative(folder, real);
    if (way.split(sep)[0] === '..' || isAbsolute(way))
      throw damaged(file, `“${said}” leads outside its folder`);
    handle = await open(real, 'r');
    const { size } = await handle.stat();
    const length = wanted ?? size - offset;
    if (length > most) throw damaged(file, `“${said}” holds ${length} bytes, where ${most} are needed`);
    if (size < offset + length)
      throw damaged(file, `“${said}” ends after ${size} bytes, where ${offset + length} are needed`);
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; ) {
      const { bytesRead } = await handle.read(bytes, at, length - at, offset + at);
      if (bytesRead === 0) throw damaged(file, `“${said}” was cut off while it was read`);
      at += bytesRead;
    }
    return bytes;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new ProblemError(problem('IMPORT_MISSING_PART', { file, part: said }));
    }
    throw fileProblem(error, path, 'read');
  } finally {
    await handle?.close();
  }
}
