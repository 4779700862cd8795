import { open } from 'node:fs/promises';
import { fileProblem } from '../../shared/errors/file-problem';
import { readSafetensorsStream, type SafetensorsContent } from './read-safetensors';

/** Bytes read at a time. */
const PIECE = 1024 * 1024;

/**
 * Reads a safetensors file piece by piece, as no system reads more than 2 GiB at once, and what it held is never beside its
 * tensors.
 *
 * @throws ProblemError where the system refuses to read it
 * @throws Error that says what is wrong with it, as `readSafetensors`
 */
export async function readSafetensorsFile(file: string): Promise<SafetensorsContent> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    throw fileProblem(error, file, 'read');
  });
  try {
    const { size } = await handle.stat();
    const pieces = async function* () {
      const buffer = Buffer.allocUnsafe(PIECE);
      for (;;) {
        const { bytesRead } = await handle.read(buffer, 0, PIECE, null).catch((error: unknown) => {
          throw fileProblem(error, file, 'read');
        });
        if (bytesRead === 0) return;
        yield buffer.subarray(0, bytesRead);
      }
    };
    return await readSafetensorsStream(pieces(), size);
  } finally {
    await handle.close();
  }
}
