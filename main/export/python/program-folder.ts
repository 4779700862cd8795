import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** How every written program begins. */
const FIRST_LINE = /^"""An autoencoder(?:’s \w+)? that was drawn and trained in Hourglass/;

/** A name that Python can import: `mnist_dense`. */
export function moduleName(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return /^[a-z]/.test(plain) ? plain : `model_${plain}`.replace(/_$/, '');
}

/** Whether a folder holds a written program, its weights and nothing of the user's. */
export async function isOwnProgram(folder: string, weightsEnding: string): Promise<boolean> {
  const names = (await readdir(folder)).filter((name) => name !== '__pycache__');
  const program = names.find((name) => name.endsWith('.py'));
  const isAlone = names.length === 2 && names.some((name) => name.endsWith(weightsEnding));
  if (!program || !isAlone) return false;
  const file = await open(join(folder, program));
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(200), 0, 200, 0);
    return FIRST_LINE.test(buffer.toString('utf8', 0, bytesRead));
  } finally {
    await file.close();
  }
}
