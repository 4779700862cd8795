import { type FileHandle, open, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { problem } from '../../shared/errors/catalogue';
import { fileProblem } from '../../shared/errors/file-problem';
import { ProblemError } from '../../shared/errors/problem';
import type { ImportLimits } from './import-limits';
import { damaged } from './untrusted-config';

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
