import { open } from 'node:fs/promises';
import { fileProblem } from '../../shared/errors/file-problem';

/** Writes a new file, in one piece or several, and has it on the disk when it returns. @throws ProblemError where the system refuses */
export async function writeFlushed(path: string, pieces: Iterable<Uint8Array | string>): Promise<void> {
  try {
    const file = await open(path, 'wx');
    try {
      for (const piece of pieces) await file.appendFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileProblem(error, path, 'write');
  }
}
