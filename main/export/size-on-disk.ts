import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The bytes of a file, or of all files in a folder and those inside. */
export async function sizeOnDisk(path: string): Promise<number> {
  const found = await stat(path);
  if (!found.isDirectory()) return found.size;
  const names = await readdir(path);
  const sizes = await Promise.all(names.map((name) => sizeOnDisk(join(path, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}
