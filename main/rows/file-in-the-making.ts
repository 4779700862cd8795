import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileProblem } from '../../shared/errors/file-problem';
import { flushFolder } from '../models/atomic-file';

/** A file that is there whole or not at all: written beside its place, flushed, and put there at the end. */
export class FileInTheMaking {
  private constructor(
    private readonly path: string,
    private readonly beside: string,
    private readonly file: FileHandle,
  ) {}

  /** @throws ProblemError where the system refuses, as every method does but `abandon` */
  static async begin(path: string): Promise<FileInTheMaking> {
    const beside = `${path}.${randomUUID()}.part`;
    try {
      return new FileInTheMaking(path, beside, await open(beside, 'wx'));
    } catch (error) {
      throw fileProblem(error, path, 'write');
    }
  }

  append(part: Uint8Array | string): Promise<void> {
    return this.#guarded(() => this.file.appendFile(part));
  }

  /** Writes over bytes that were written before. */
  overwrite(part: Uint8Array, position: number): Promise<void> {
    return this.#guarded(async () => {
      await this.file.write(part, 0, part.length, position);
    });
  }

  /** Flushes it and puts it in its place, in that of an older one where there is one. */
  finish(): Promise<void> {
    return this.#guarded(async () => {
      await this.file.sync();
      await this.file.close();
      await rename(this.beside, this.path);
      await flushFolder(dirname(this.path));
    });
  }

  /** Takes away what was written. */
  async abandon(): Promise<void> {
    await this.file.close().catch(() => {});
    await rm(this.beside, { force: true }).catch(() => {});
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      throw fileProblem(error, this.path, 'write');
    }
  }
}
