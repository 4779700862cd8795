import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { fileProblem } from './file-problem';

const SAMPLE_BYTES = 64 * 1024;

/**
 * SHA-256 (hex) over the names and sizes of all files and over the content of `sampled` of them, evenly spread: the
 * first, middle and last 64 KiB of each. Names are relative, so that a moved folder keeps its fingerprint.
 *
 * @throws ProblemError where a file can't be read
 */
export async function fingerprintFiles(
  files: readonly { readonly name: string; readonly path: string; readonly size?: number }[],
  sampled: number,
): Promise<string> {
  const hash = createHash('sha256');
  const stride = Math.max(1, files.length / sampled);
  let next = 0;
  for (const [index, { name, path, size }] of files.entries()) {
    hash.update(`${name}\0${size ?? ''}\0`);
    if (index < Math.floor(next)) continue;
    next += stride;
    try {
      const file = await open(path);
      try {
        const bytes = (await file.stat()).size;
        hash.update(`${bytes}\0`);
        const middle = Math.floor((bytes - SAMPLE_BYTES) / 2);
        for (const from of new Set([0, Math.max(0, middle), Math.max(0, bytes - SAMPLE_BYTES)])) {
          const { bytesRead, buffer } = await file.read(Buffer.alloc(SAMPLE_BYTES), 0, SAMPLE_BYTES, from);
          hash.update(buffer.subarray(0, bytesRead));
        }
      } finally {
        await file.close();
      }
    } catch (error) {
      throw fileProblem(error, path);
    }
  }
  return hash.digest('hex');
}
